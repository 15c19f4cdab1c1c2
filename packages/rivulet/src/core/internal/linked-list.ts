/** A place in a list; holding it lets it be taken out from the middle. */
export interface Link<T> {
  readonly item: T
  previous: Link<T> | undefined
  next: Link<T> | undefined
  isIn: boolean
}

/** A first-in, first-out list from which anyone can withdraw, each step O(1). */
export class LinkedList<T> {
  #first: Link<T> | undefined
  #last: Link<T> | undefined
  #size = 0

  get size(): number {
    return this.#size
  }

  push(item: T): Link<T> {
    const link: Link<T> = { item, previous: this.#last, next: undefined, isIn: true }
    if (this.#last === undefined) this.#first = link
    else this.#last.next = link
    this.#last = link
    this.#size++
    return link
  }

  /** Takes the oldest; `undefined` where there is none. */
  shift(): T | undefined {
    const link = this.#first
    if (link === undefined) return undefined
    this.remove(link)
    return link.item
  }

  /** Takes this one out; nothing happens where it is out already. */
  remove(link: Link<T>): void {
    if (!link.isIn) return
    link.isIn = false
    this.#size--
    if (link.previous === undefined) this.#first = link.next
    else link.previous.next = link.next
    if (link.next === undefined) this.#last = link.previous
    else link.next.previous = link.previous
    // One who keeps a link that is out must not keep what came after it.
    link.previous = undefined
    link.next = undefined
  }
}
