import { Fifo, type Linked } from './fifo.ts'

/** An item that arrived and was not taken. */
export interface Unread<P> extends Linked {
  readonly place: P
  value: unknown
  /** A promise of the item that its source made itself, where it can be handed on as it is. */
  promise: unknown
}

/** What the state knows of a source. It is the place of its own unread item, where there is one at most. */
export interface Place<P> extends Unread<P> {
  /** How many of its items arrived and were not taken, where there may be several. */
  unread: number
  isDropped: boolean
}

/** One of several unread items of a source. */
class Held<P extends Linked> implements Unread<P> {
  after: Linked | undefined
  promise: unknown
  readonly place: P
  value: unknown

  constructor(place: P, value: unknown) {
    this.place = place
    this.value = value
  }

  get isDropped(): boolean {
    return this.place.isDropped
  }
}

/**
 * Who is owed an asking, whose items are unread, who has not ended: the decisions of a merge, without a promise.
 *
 * A source has an answer outstanding, or it is owed an asking, or it has as many unread items as it may. Then it is in one list,
 * or, while those who are owed an asking are being asked, linked to others who are.
 */
export class MergeState<P extends Place<P>> {
  readonly #owed = new Fifo<P>()
  readonly #unread = new Fifo<Unread<P>>()
  readonly #buffer: number
  /** Sources that have not ended. */
  live = 0

  /** Holds at most `buffer` unread items of each source. */
  constructor(buffer: number) {
    this.#buffer = buffer
  }

  /** Whether a source is asked again before its item is taken. */
  get readsAhead(): boolean {
    return this.#buffer > 1
  }

  /** Whether there is an item that is still to be delivered. */
  get ready(): boolean {
    return this.#unread.first !== undefined
  }

  add(place: P): void {
    this.live++
    this.owe(place)
  }

  /** The source is to be asked at the next `next()`. */
  owe(place: P): void {
    this.#owed.push(place)
  }

  /** Takes all that are owed an asking, each linked to the next. */
  takeOwed(): P | undefined {
    return this.#owed.takeAll()
  }

  /** An item of the source arrived: its `value`. Says whether the source is to be asked again before that is taken. */
  arrived(place: P): boolean {
    if (!this.readsAhead) {
      this.#unread.push(place)
      return false
    }
    this.#unread.push(new Held(place, place.value))
    release(place)
    return ++place.unread < this.#buffer
  }

  /** Takes the item that arrived first. The caller has seen that there is one. */
  take(): Unread<P> {
    const unread = this.#unread.shift()
    if (this.readsAhead) unread.place.unread--
    return unread
  }

  /** Whether the item that was taken last was the one that kept the source from being asked: later ones must not ask it twice. */
  hasRoomAgain(place: P): boolean {
    return place.unread === this.#buffer - 1
  }

  /** The source's items are not to be delivered, and it is not to be asked. */
  drop(place: P): void {
    place.isDropped = true
    release(place)
    this.#owed.noteDropped()
    this.#unread.noteDropped()
  }

  /** No item is to be delivered. */
  clear(): void {
    while (this.ready) release(this.take())
  }

  /** Nobody is to be asked any more, and none of them holds another. */
  abandon(): void {
    while (this.#owed.first !== undefined) this.#owed.shift()
  }
}

/** A source must not hold what it has given away. */
export function release(unread: { value: unknown; promise: unknown }): void {
  unread.value = undefined
  unread.promise = undefined
}
