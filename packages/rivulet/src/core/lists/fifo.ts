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
