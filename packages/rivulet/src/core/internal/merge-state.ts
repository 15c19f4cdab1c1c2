import { LinkedList, type Link } from './linked-list.ts'
import { Ring } from './ring.ts'

/** What the state knows of a source. */
interface Place {
  /** Where it waits to be asked. */
  owing: Link<unknown> | undefined
  unread: number
  dropped: boolean
  readonly isEnded: boolean
  readonly isIdle: boolean
}

/**
 * Who is owed an asking, what has arrived in which order, who has not ended: the decisions of a merge, without a promise.
 *
 * Holds at most `buffer` unread items for each source.
 */
export class MergeState<P extends Place> {
  /** Source and item in turn, in the order of arrival. */
  readonly #arrivals = new Ring<unknown>()
  readonly #owed = new LinkedList<P>()
  readonly #buffer: number
  /** Sources that have not ended. */
  live = 0

  constructor(buffer: number) {
    this.#buffer = buffer
  }

  get owed(): number {
    return this.#owed.size
  }

  get readsAhead(): boolean {
    return this.#buffer > 1
  }

  /** Whether an item is there that is still to be delivered. */
  get ready(): boolean {
    return this.#arrivals.size > 0
  }

  add(place: P): void {
    this.live++
    this.#owe(place)
  }

  /** Takes the source that is owed an asking for the longest time; `undefined` where that one needs none any more. */
  nextOwed(): P | undefined {
    const place = this.#owed.shift()
    if (place === undefined) return undefined
    place.owing = undefined
    return place.dropped || place.isEnded || !place.isIdle ? undefined : place
  }

  /** An item arrived. Says whether the source is to be asked again before its item is taken. */
  arrived(place: P, item: unknown): boolean {
    this.#arrivals.push(place)
    this.#arrivals.push(item)
    place.unread++
    return place.unread < this.#buffer
  }

  take(): unknown {
    const place = this.#arrivals.shift() as P
    const item = this.#arrivals.shift()
    place.unread--
    if (!place.dropped && !place.isEnded && place.isIdle) this.#owe(place)
    this.#skipDropped()
    return item
  }

  /** The source's unread items are not to be delivered. */
  drop(place: P): void {
    place.dropped = true
    if (place.owing !== undefined) this.#owed.remove(place.owing as Link<P>)
    this.#skipDropped()
  }

  clear(): void {
    this.#arrivals.clear()
  }

  #owe(place: P): void {
    place.owing = this.#owed.push(place)
  }

  #skipDropped(): void {
    while (this.#arrivals.size > 0 && (this.#arrivals.peek() as P).dropped) {
      this.#arrivals.shift()
      this.#arrivals.shift()
    }
  }
}
