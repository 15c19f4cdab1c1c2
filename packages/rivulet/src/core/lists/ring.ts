/** A first-in, first-out list in a circle of slots: O(1) at both ends, grown by doubling, never scanned. */
export class Ring<T> {
  #slots: (T | undefined)[] = new Array<T | undefined>(4)
  #head = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  push(item: T): void {
    if (this.#size === this.#slots.length) this.#grow()
    this.#slots[(this.#head + this.#size) & (this.#slots.length - 1)] = item
    this.#size++
  }

  /** Takes the oldest. Ask `size` first: an `undefined` may be an item. */
  shift(): T {
    const item = this.#slots[this.#head] as T
    this.#slots[this.#head] = undefined
    this.#head = (this.#head + 1) & (this.#slots.length - 1)
    this.#size--
    return item
  }

  /** The oldest, left where it is. */
  peek(): T {
    return this.#slots[this.#head] as T
  }

  clear(): void {
    this.#slots = new Array<T | undefined>(4)
    this.#head = 0
    this.#size = 0
  }

  #grow(): void {
    const old = this.#slots
    const slots = new Array<T | undefined>(old.length * 2)
    for (let i = 0; i < this.#size; i++) slots[i] = old[(this.#head + i) & (old.length - 1)]
    this.#slots = slots
    this.#head = 0
  }
}
