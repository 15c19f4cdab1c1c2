import { PlaceList, type Linked as Placed } from '../lists/place-list.ts'

/** Deliveries after which the event loop is given a turn. */
const deliveriesPerTurn = 1024

/** A promise of an item that its source made itself, and that can be handed on as it is. */
export type OwnPromise = Promise<IteratorYieldResult<unknown>> | undefined

/** An item that arrived and was not taken. */
export interface Unread<S> extends Linked {
  readonly slot: Slot<S>
  value: unknown
  promise: OwnPromise
}

/** What the plan knows of a source. It holds the source's unread item itself, where there is one at most. */
export class Slot<S> implements Unread<S>, Placed {
  readonly slot: Slot<S> = this
  /** Set by whoever adds the source. */
  source!: S
  after: Linked | undefined
  previous: Placed | undefined
  next: Placed | undefined
  isDiscarded = false
  value: unknown
  promise: OwnPromise
  /** How many of its items are unread. */
  unread = 0
  /** See `MergePlan`. */
  phase: 'owed' | 'asked' | 'full' | 'ended' | 'closed' = 'owed'
}

/** One of several unread items of a source. */
class Held<S> implements Unread<S> {
  readonly slot: Slot<S>
  after: Linked | undefined
  value: unknown
  promise: OwnPromise

  constructor(slot: Slot<S>, value: unknown, promise: OwnPromise) {
    this.slot = slot
    this.value = value
    this.promise = promise
  }

  get isDiscarded(): boolean {
    return this.slot.isDiscarded
  }
}

/**
 * The decisions of a merge, without a promise: who is owed an asking, whose items are unread, who lives, and when the event
 * loop has its turn. Why and how the reading as a whole ends is in `Reading`.
 *
 * A source that lives is in one of three phases, and in each of them this is what an event does:
 *
 * | event          | owed: asked at the next `next()` | asked: an answer is outstanding              | full: no room for an item |
 * | -------------- | -------------------------------- | -------------------------------------------- | ------------------------- |
 * | `asked()`      | asked                            |                                              |                           |
 * | `delivered()`  |                                  | owed: its item went to a call that waited    |                           |
 * | `arrived()`    |                                  | asked again where there is room, else full   |                           |
 * | `take()`       | stays                            | stays                                        | owed                      |
 * | `remove()`     | ended, or closed                 | ended, or closed                             | ended, or closed          |
 *
 * What a source has unread when it is removed is still delivered, unless it is discarded. With room for one item, an asked source
 * has none unread, so that it is full whenever it has one. A source whose item the consumer holds is owed, and not asked: it stays
 * idle until the consumer asks for more.
 */
export class MergePlan<S> {
  readonly #owed = new Fifo<Slot<S>>()
  readonly #unread = new Fifo<Unread<S>>()
  readonly #buffer: number
  #deliveries = 0
  /** Sources that live, in the order in which they came. */
  readonly #live = new PlaceList<Slot<S>>()
  /** Whether a source is asked again before its item is taken. */
  readonly readsAhead: boolean
  /** Whether nothing more is delivered before the event loop had its turn. */
  isTurnDue = false

  /** Holds at most `buffer` unread items of each source. */
  constructor(buffer: number) {
    this.#buffer = buffer
    this.readsAhead = buffer > 1
  }

  /** Whether there is an item that is still to be delivered. */
  get hasUnread(): boolean {
    return this.#unread.first !== undefined
  }

  get live(): number {
    return this.#live.size
  }

  add(): Slot<S> {
    const slot = new Slot<S>()
    this.#live.push(slot)
    this.#owed.push(slot)
    return slot
  }

  /** Takes all that are owed an asking, each linked to the next by `after`. */
  takeOwed(): Slot<S> | undefined {
    return this.#owed.takeAll()
  }

  /** One of them is being asked. Gives the one behind it. */
  asked(slot: Slot<S>): Slot<S> | undefined {
    const { after } = slot
    slot.after = undefined
    if (slot.phase === 'owed') slot.phase = 'asked'
    return after as Slot<S> | undefined
  }

  /** The source's item went to a call that waited. Says whether the event loop is to have its turn now. */
  delivered(slot: Slot<S>): boolean {
    this.#count()
    this.#owe(slot)
    return this.isTurnDue
  }

  /** The source's item waits to be taken. Says whether there is room for another, so that the source is to be asked again. */
  arrived(slot: Slot<S>, value: unknown, promise: OwnPromise): boolean {
    if (this.readsAhead) this.#unread.push(new Held<S>(slot, value, promise))
    else {
      slot.value = value
      slot.promise = promise
      this.#unread.push(slot)
    }
    if (++slot.unread < this.#buffer) return true
    slot.phase = 'full'
    return false
  }

  /** Takes the item that arrived first. The caller has seen that there is one. */
  take(): Unread<S> {
    this.#count()
    const unread = this.#unread.shift()
    const { slot } = unread
    slot.unread--
    if (slot.phase === 'full') this.#owe(slot)
    return unread
  }

  /**
   * The source is not asked any more, for it has ended by itself or is being closed. What it has unread is still delivered. Says
   * whether it lived till now.
   */
  remove(slot: Slot<S>, phase: 'ended' | 'closed'): boolean {
    if (slot.next === undefined) return false
    slot.phase = phase
    this.#live.remove(slot)
    return true
  }

  /** Removes all sources, which are to be closed. */
  removeAll(): Slot<S>[] {
    const left: Slot<S>[] = []
    while (this.#live.size > 0) {
      const slot = this.#live.shift()
      slot.phase = 'closed'
      left.push(slot)
    }
    return left
  }

  /** What the source has unread is not to be delivered. */
  discard(slot: Slot<S>): void {
    slot.isDiscarded = true
    clear(slot)
    this.#owed.noteDiscarded()
    this.#unread.noteDiscarded()
  }

  /** No item is to be delivered. */
  discardUnread(onDiscarded: (value: unknown) => void): void {
    while (this.hasUnread) {
      const unread = this.#unread.shift()
      onDiscarded(unread.value)
      clear(unread)
    }
  }

  /** Nobody is to be asked any more, and none of them holds another. */
  forgetOwed(): void {
    while (this.#owed.first !== undefined) this.#owed.shift()
  }

  /** The event loop had its turn. */
  turnTaken(): void {
    this.#deliveries = 0
    this.isTurnDue = false
  }

  #owe(slot: Slot<S>): void {
    slot.phase = 'owed'
    this.#owed.push(slot)
  }

  #count(): void {
    if (++this.#deliveries >= deliveriesPerTurn) this.isTurnDue = true
  }
}

/** A source must not hold what it has given away. */
export function clear(unread: { value: unknown; promise: unknown }): void {
  unread.value = undefined
  unread.promise = undefined
}

/** What stands in one `Fifo` at a time. */
export interface Linked {
  /** The one that came after it. */
  after: Linked | undefined
  /** Whether it is to be skipped. Whoever sets it tells the list by `noteDiscarded()`. */
  readonly isDiscarded: boolean
}

/** How many are discarded before it is worth while to look through the list for them. */
const leastSwept = 32

/**
 * A first-in, first-out list whose links are in its members, so that no step allocates, and each takes constant time. They link
 * forward only, for a link back would cost every item of a merge: who is discarded stays until its turn comes, or until more of
 * them have been discarded than were left when the list was looked through last.
 */
export class Fifo<L extends Linked> {
  #last: L | undefined
  /** At most how many in it are discarded. */
  #discarded = 0
  #sweptAt = leastSwept
  /** The oldest that is not discarded. */
  first: L | undefined

  push(link: L): void {
    if (this.first === undefined) this.first = link
    else (this.#last as L).after = link
    this.#last = link
  }

  /** Takes the oldest. The caller has seen that there is one. */
  shift(): L {
    const link = this.first as L
    this.first = link.after as L | undefined
    link.after = undefined
    if (this.#discarded > 0) this.#skip()
    else if (this.first === undefined) this.#last = undefined
    return link
  }

  /** Takes all, those that are discarded as well: the oldest, with the others linked to it. */
  takeAll(): L | undefined {
    const { first } = this
    this.first = undefined
    this.#last = undefined
    this.#discarded = 0
    return first
  }

  /** Someone who may be in it was discarded. */
  noteDiscarded(): void {
    this.#discarded++
    if (this.#discarded >= this.#sweptAt) this.#sweep()
    else this.#skip()
  }

  #skip(): void {
    while (this.first?.isDiscarded === true) {
      const { after } = this.first
      this.first.after = undefined
      this.first = after as L | undefined
    }
    if (this.first === undefined) this.takeAll()
  }

  #sweep(): void {
    let kept = 0
    let link = this.takeAll()
    while (link !== undefined) {
      const { after } = link
      link.after = undefined
      if (!link.isDiscarded) {
        this.push(link)
        kept++
      }
      link = after as L | undefined
    }
    this.#sweptAt = Math.max(leastSwept, kept)
  }
}
