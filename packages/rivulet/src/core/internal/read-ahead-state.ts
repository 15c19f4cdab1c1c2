import { MergeState, type Place } from './merge-state.ts'
import { Ring } from './ring.ts'

/** As `MergeState`, with up to `buffer` unread answers for each source, which are kept in the order of their arrival. */
export class ReadAheadState<P extends Place> extends MergeState<P> {
  /** Source and answer in turn. */
  readonly #arrivals = new Ring<unknown>()
  readonly #dropped = new WeakSet<P>()
  readonly #buffer: number
  override readonly readsAhead = true

  constructor(buffer: number) {
    super()
    this.#buffer = buffer
  }

  override get ready(): boolean {
    return this.#arrivals.size > 0
  }

  /** The answers are kept, and not their promises. */
  override get promise(): undefined {
    return undefined
  }

  override arrived(place: P): boolean {
    this.#arrivals.push(place)
    this.#arrivals.push(place.answer)
    place.answer = undefined
    place.promise = undefined
    place.unread++
    return place.unread < this.#buffer
  }

  override take(): unknown {
    const place = this.#arrivals.shift() as P
    const answer = this.#arrivals.shift()
    place.unread--
    // It may have been asked, or be owed an asking, already.
    if (place.isIdle && place.next === undefined) this.owe(place)
    this.#skipDropped()
    return answer
  }

  override drop(place: P): void {
    this.disown(place)
    this.#dropped.add(place)
    this.#skipDropped()
  }

  override clear(): void {
    this.#arrivals.clear()
  }

  #skipDropped(): void {
    while (this.#arrivals.size > 0 && this.#dropped.has(this.#arrivals.peek() as P)) {
      this.#arrivals.shift()
      this.#arrivals.shift()
    }
  }
}
