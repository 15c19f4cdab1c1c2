/** What stands in one `Fifo` at most: the link to the next is its own. */
export interface Linked {
  next: Linked | undefined
}

/**
 * A first-in, first-out list whose links are in its members, so that no step allocates. All is O(1) but `remove`, which looks
 * through the list: a link back as well would cost every item, and few are taken out of the middle.
 */
export class Fifo<L extends Linked> {
  private last: L | undefined
  /** The oldest. */
  first: L | undefined

  /** Adds one that is in no list. */
  push(link: L): void {
    if (this.first === undefined) this.first = link
    else (this.last as L).next = link
    this.last = link
  }

  /** Takes the oldest. The caller has seen that there is one. */
  shift(): L {
    const link = this.first as L
    this.first = link.next as L | undefined
    link.next = undefined
    if (this.first === undefined) this.last = undefined
    return link
  }

  /** Takes all of them: the oldest, linked to the others. */
  takeAll(): L | undefined {
    const { first } = this
    this.first = undefined
    this.last = undefined
    return first
  }

  /** Takes out all for which `isMeant` holds. */
  remove(isMeant: (link: L) => boolean): void {
    let link = this.takeAll()
    while (link !== undefined) {
      const { next } = link
      link.next = undefined
      if (!isMeant(link)) this.push(link)
      link = next as L | undefined
    }
  }
}
