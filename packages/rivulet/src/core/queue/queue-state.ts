import { Ring } from '../lists/ring.ts'
import { PlaceList, type Linked } from '../lists/place-list.ts'

/** Someone who waits, at a place in a line. */
export interface Waiter<V> extends Linked {
  resolve(value: V): void
  reject(error: unknown): void
}

/** Someone who waits for an item. */
export type Getter<T> = Waiter<T>

/** Someone who waits until the item they bring is taken. */
export interface Putter<T> extends Waiter<undefined> {
  readonly item: T
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
  readonly putters: PlaceList<Putter<T>> = new PlaceList<Putter<T>>()
  readonly getters: PlaceList<Getter<T>> = new PlaceList<Getter<T>>()
  readonly #items = new Ring<T>()
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
    if (this.getters.size > 0) this.getters.shift().resolve(item)
    else this.#items.push(item)
  }

  /** Takes the oldest, and lets the putter that waits the longest come in. The caller has seen that there is one. */
  take(): T {
    const item = this.#items.shift()
    if (this.putters.size > 0) {
      const putter = this.putters.shift()
      this.#items.push(putter.item)
      putter.resolve(undefined)
    }
    return item
  }

  dropOldest(): void {
    this.#items.shift()
  }

  /** Nothing comes any more: who waits is refused; what is stored can still be taken. The first ending stays. */
  end(ending: QueueEnding): void {
    if (this.#ending !== undefined) return
    this.#ending = ending
    while (this.putters.size > 0) this.putters.shift().reject(ending.refusal('put'))
    while (this.getters.size > 0) this.getters.shift().reject(ending.refusal('get'))
  }
}
