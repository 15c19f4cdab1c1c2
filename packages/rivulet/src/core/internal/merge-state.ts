import { PlaceList, type Linked } from './place-list.ts'

/** What the state knows of a source. It is in one list at most: to be asked, or to be read. */
export interface Place extends Linked {
  /** What it gave last, where that is to be read; it stays here so that nothing young is written into lists that are old. */
  answer: unknown
  /** The promise of `answer` that it made itself, where that can be handed on as it is. */
  promise: unknown
  /** The number of its asking that is owed. */
  turn: number
  /** Answers that arrived and were not taken. */
  unread: number
  /** Whether nothing is outstanding, so that it may be asked. */
  readonly isIdle: boolean
}

/**
 * Who is owed an asking, whose answer is unread, who has not ended: the decisions of a merge, without a promise.
 *
 * Holds at most one unread answer for each source.
 */
export class MergeState<P extends Place> {
  readonly #owed = new PlaceList<P>()
  readonly #unread = new PlaceList<P>()
  /** Sources that have not ended. */
  live = 0
  /** Whether a source is asked again before its answer is taken. */
  readonly readsAhead: boolean = false
  #turns = 0

  /** The number of the asking that is owed last; 0 where none is. */
  get owed(): number {
    return this.#owed.size > 0 ? this.#turns : 0
  }

  /** Whether there is an asking that was owed when `owed` was this. */
  isOwed(owed: number): boolean {
    return this.#owed.size > 0 && (this.#owed.next as P).turn <= owed
  }

  /** Whether an answer is there that is still to be delivered. */
  get ready(): boolean {
    return this.#unread.size > 0
  }

  add(place: P): void {
    this.live++
    this.owe(place)
  }

  /** The source is to be asked at the next `next()`. */
  owe(place: P): void {
    place.turn = ++this.#turns
    this.#owed.push(place)
  }

  /** The source is not to be asked. */
  disown(place: P): void {
    this.#owed.remove(place)
  }

  /** Takes the source that is owed an asking for the longest time. The caller has seen that there is one. */
  nextOwed(): P {
    return this.#owed.shift()
  }

  /** The source's `answer` arrived. Says whether it is to be asked again before that is taken. */
  arrived(place: P): boolean {
    place.unread = 1
    this.#unread.push(place)
    return false
  }

  /** The promise of the answer that arrived first. The caller has seen that there is one. */
  get promise(): unknown {
    return (this.#unread.next as P).promise
  }

  /** Takes the answer that arrived first. The caller has seen that there is one. */
  take(): unknown {
    const place = this.#unread.shift()
    const answer = place.answer
    this.delivered(place)
    return answer
  }

  /** The source's answer was handed on. */
  delivered(place: P): void {
    place.answer = undefined
    place.promise = undefined
    place.unread = 0
    if (place.isIdle) this.owe(place)
  }

  /** The source's answer is not to be delivered, and it is not to be asked. */
  drop(place: P): void {
    if (place.unread > 0) this.#unread.remove(place)
    else this.disown(place)
    place.answer = undefined
    place.promise = undefined
  }

  /** Nobody is to be asked any more, and none of them is held. */
  abandon(): void {
    while (this.#owed.size > 0) this.#owed.shift()
  }

  /** No answer is to be delivered. */
  clear(): void {
    while (this.#unread.size > 0) this.drop(this.#unread.next as P)
  }
}
