import { LinkedList, type Link } from './linked-list.ts'
import { Ring } from './ring.ts'

/** Someone who waits to put an item. */
export interface Putter<T> {
  readonly item: T
  taken(): void
  refused(error: unknown): void
}

/** Someone who waits for an item. */
export interface Getter<T> {
  given(item: T): void
  refused(error: unknown): void
}

/** How a queue ended. */
export interface QueueEnding {
  readonly isFailure: boolean
  /** What one who asks is refused with. A closed queue makes an error for each, so that none carries what is another's. */
  refusal(verb: 'put' | 'get'): unknown
}

/**
 * What a queue holds and who waits, without a promise. Items and waiting getters are never both there; nor are waiting
 * putters and room.
 */
export class QueueState<T> {
  readonly capacity: number
  readonly #items = new Ring<T>()
  readonly #putters = new LinkedList<Putter<T>>()
  readonly #getters = new LinkedList<Getter<T>>()
  #ending: QueueEnding | undefined

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get size(): number {
    return this.#items.size
  }

  get isFull(): boolean {
    return this.#items.size >= this.capacity
  }

  get ending(): QueueEnding | undefined {
    return this.#ending
  }

  /** Hands an item to the one who waits the longest, or stores it. The caller has seen to it that there is room. */
  add(item: T): void {
    const getter = this.#getters.shift()
    if (getter === undefined) this.#items.push(item)
    else getter.given(item)
  }

  /** Takes the oldest, and lets the putter that waits the longest come in. The caller has seen that there is one. */
  take(): T {
    const item = this.#items.shift()
    const putter = this.#putters.shift()
    if (putter !== undefined) {
      this.#items.push(putter.item)
      putter.taken()
    }
    return item
  }

  dropOldest(): void {
    this.#items.shift()
  }

  waitToPut(putter: Putter<T>): Link<Putter<T>> {
    return this.#putters.push(putter)
  }

  waitToGet(getter: Getter<T>): Link<Getter<T>> {
    return this.#getters.push(getter)
  }

  withdrawPut(link: Link<Putter<T>>): void {
    this.#putters.remove(link)
  }

  withdrawGet(link: Link<Getter<T>>): void {
    this.#getters.remove(link)
  }

  /** Nothing comes any more: who waits is refused; what is stored can still be taken. The first ending stays. */
  end(ending: QueueEnding): void {
    if (this.#ending !== undefined) return
    this.#ending = ending
    for (let putter = this.#putters.shift(); putter !== undefined; putter = this.#putters.shift())
      putter.refused(ending.refusal('put'))
    for (let getter = this.#getters.shift(); getter !== undefined; getter = this.#getters.shift())
      getter.refused(ending.refusal('get'))
  }
}
