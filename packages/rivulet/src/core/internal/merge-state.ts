import { Fifo, type Linked } from './fifo.ts'

/** An item that arrived and was not taken. */
export interface Unread<P> extends Linked {
  readonly place: P
  value: unknown
  /** A promise of the item that its source made itself, where it can be handed on as it is. */
  promise: unknown
}

/** What the state knows of a source. It is the place of its own unread item, where there is one at most. */
export interface Place extends Linked {
  readonly place: this
  value: unknown
  promise: unknown
  /** Items that arrived and were not taken, where there may be several. */
  unread: number
}

/**
 * Who is owed an asking, whose items are unread, who has not ended: the decisions of a merge, without a promise.
 *
 * A source is in one list at most: owed an asking, or unread.
 */
export class MergeState<P extends Place & Unread<P>> {
  private readonly owed = new Fifo<P>()
  private readonly unread = new Fifo<Unread<P>>()
  private readonly buffer: number
  /** Sources that have not ended. */
  live = 0

  /** Holds at most `buffer` unread items of each source. */
  constructor(buffer: number) {
    this.buffer = buffer
  }

  /** Whether a source is asked again before its item is taken. */
  get readsAhead(): boolean {
    return this.buffer > 1
  }

  /** Whether there is an item that is still to be delivered. */
  get ready(): boolean {
    return this.unread.first !== undefined
  }

  add(place: P): void {
    this.live++
    this.owe(place)
  }

  /** The source is to be asked at the next `next()`. */
  owe(place: P): void {
    this.owed.push(place)
  }

  /** Takes all that are owed an asking, each linked to the next. */
  takeOwed(): P | undefined {
    return this.owed.takeAll()
  }

  /** An item of the source arrived: its `value`. Says whether the source is to be asked again before that is taken. */
  arrived(place: P): boolean {
    if (!this.readsAhead) {
      this.unread.push(place)
      return false
    }
    this.unread.push({ next: undefined, place, value: place.value, promise: undefined })
    place.value = undefined
    return ++place.unread < this.buffer
  }

  /** Takes the item that arrived first. The caller has seen that there is one. */
  take(): Unread<P> {
    const unread = this.unread.shift()
    if (this.readsAhead) unread.place.unread--
    return unread
  }

  /** Whether the item that was taken last was the one that kept the source from being asked: later ones must not ask it twice. */
  hasRoomAgain(place: P): boolean {
    return place.unread === this.buffer - 1
  }

  /** The source's items are not to be delivered, and it is not to be asked. */
  drop(place: P): void {
    this.owed.remove((owed) => owed === place)
    this.unread.remove((unread) => unread.place === place)
    place.value = undefined
  }

  /** No item is to be delivered. */
  clear(): void {
    while (this.ready) this.take().value = undefined
  }

  /** Nobody is to be asked any more, and none of them is held. */
  abandon(): void {
    this.owed.takeAll()
  }
}
