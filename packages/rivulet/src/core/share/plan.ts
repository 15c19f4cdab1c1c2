/** The options of a share, checked and complete. */
export interface ShareSettings {
  replay: number
  buffer: number
  onSlow: 'wait' | 'drop'
}

/** An item, or the place of the one that comes next. */
class Place<T> {
  /** How many items came before. */
  readonly index: number
  item: T | undefined
  next: Place<T> | undefined
  /** How many readers are to be given this item next. */
  standing = 0

  constructor(index: number) {
    this.index = index
  }
}

/** How far one reader has read. */
export class ReaderPosition<T> {
  /** The item that it is given next; none before it begins, and after it has left. */
  place: Place<T> | undefined
  /** Where it last waited. */
  waitedAt: Place<T> | undefined
  /** Items that it lost. */
  missed = 0
}

/**
 * The decisions of a share, without a promise: who has read how far, which items are kept, and whether the source is to be asked.
 *
 * The items that are kept are a list, from the oldest that somebody may be given to the place of the one that comes next. Each
 * counts the readers that stand at it, so that no step looks at all readers:
 *
 * | event       | what it does                                                                                        |
 * | ----------- | --------------------------------------------------------------------------------------------------- |
 * | `begin()`   | the reader stands at the first of the last `replay` items                                           |
 * | `waits()`   | the reader has read all there is, and is asked for more                                             |
 * | `arrived()` | the item is unread for everybody; with `'drop'`, who would have too many unread loses the oldest    |
 * | `take()`    | the reader goes on by one item; one that is the slowest may let go of what it stood at              |
 * | `remove()`  | likewise with all that it alone had unread                                                          |
 */
export class SharePlan<T> {
  readonly #replay: number
  readonly #buffer: number
  readonly #drops: boolean
  /** The most that a reader may have unread before it loses any. */
  readonly #mostUnread: number
  /** The oldest item that is kept. */
  #first = new Place<T>(0)
  /** Where a reader begins. */
  #start = this.#first
  /** Where the slowest reader stands. */
  #slowest = this.#first
  /** The item that comes next. */
  #end = this.#first
  /** How many readers wait for it. */
  #waiting = 0
  readers = 0

  constructor({ replay, buffer, onSlow }: ShareSettings) {
    this.#replay = replay
    this.#buffer = buffer
    this.#drops = onSlow === 'drop'
    // What is kept to be replayed is lost by nobody.
    this.#mostUnread = this.#drops ? Math.max(buffer, replay) : Infinity
  }

  /** Whether the source is to be asked. */
  get isWanted(): boolean {
    if (this.readers === 0) return false
    if (this.#drops) return true
    return this.#end.index - this.#slowest.index < this.#buffer && (this.#buffer > 1 || this.#waiting > 0)
  }

  hasUnread({ place }: ReaderPosition<T>): boolean {
    return place !== undefined && place !== this.#end
  }

  /** How many items the reader has lost up to now. */
  missed(position: ReaderPosition<T>): number {
    if (position.place !== undefined) this.#placeOf(position)
    return position.missed
  }

  begin(position: ReaderPosition<T>): void {
    const place = this.#start
    position.place = place
    place.standing++
    if (this.readers++ === 0 || place.index < this.#slowest.index) this.#slowest = place
  }

  waits(position: ReaderPosition<T>): void {
    if (position.waitedAt === this.#end) return
    position.waitedAt = this.#end
    this.#waiting++
  }

  arrived(item: T): void {
    const place = this.#end
    place.item = item
    this.#end = place.next = new Place(place.index + 1)
    this.#waiting = 0
    if (this.#end.index - this.#start.index > this.#replay) this.#start = after(this.#start)
    if (this.#end.index - this.#slowest.index > this.#mostUnread) {
      const { standing } = this.#slowest
      this.#slowest = after(this.#slowest)
      this.#slowest.standing += standing
    }
    this.#trim()
  }

  /** The caller has seen that the reader has something unread. */
  take(position: ReaderPosition<T>): T {
    const place = this.#placeOf(position)
    const item = place.item as T
    const next = after(place)
    position.place = next
    next.standing++
    this.#vacated(place)
    return item
  }

  /** The reader is given nothing any more. */
  remove(position: ReaderPosition<T>): void {
    if (position.place === undefined) return
    const place = this.#placeOf(position)
    position.place = undefined
    if (position.waitedAt === this.#end) this.#waiting--
    this.readers--
    this.#vacated(place)
  }

  /** Where the reader stands; what it lost meanwhile is counted. */
  #placeOf(position: ReaderPosition<T>): Place<T> {
    const place = position.place as Place<T>
    const lost = this.#slowest.index - place.index
    if (lost <= 0) return place
    position.missed += lost
    position.place = this.#slowest
    return this.#slowest
  }

  #vacated(place: Place<T>): void {
    place.standing--
    while (this.#slowest.standing === 0 && this.#slowest !== this.#end) this.#slowest = after(this.#slowest)
    this.#trim()
  }

  /** Lets go of what nobody is to be given any more. A reader that stalled may stand at it, and must not hold what comes behind. */
  #trim(): void {
    while (this.#first !== this.#slowest && this.#first !== this.#start) {
      const { next } = this.#first
      this.#first.item = undefined
      this.#first.next = undefined
      this.#first = next as Place<T>
    }
  }
}

function after<T>(place: Place<T>): Place<T> {
  return place.next as Place<T>
}
