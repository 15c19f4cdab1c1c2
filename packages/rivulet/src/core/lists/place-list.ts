/** The links of a list that are in its members; both `undefined` in one that is in no list. */
export interface Linked {
  previous: Linked | undefined
  next: Linked | undefined
}

/**
 * A first-in, first-out list from which anyone can be taken out. Its links are in its members, so that no step allocates;
 * it is a ring that the list itself closes, so that no step has a special case.
 */
export class PlaceList<P extends Linked> implements Linked {
  previous: Linked = this
  next: Linked = this
  size = 0

  /** Adds one that is in no list. */
  push(place: P): void {
    const last = this.previous
    place.previous = last
    place.next = this
    last.next = place
    this.previous = place
    this.size++
  }

  /** Takes the oldest. The caller has seen that there is one. */
  shift(): P {
    const place = this.next as P
    this.remove(place)
    return place
  }

  /** Takes out one that is in this list, or in none. */
  remove(place: P): void {
    const { previous, next } = place
    if (previous === undefined || next === undefined) return
    previous.next = next
    next.previous = previous
    place.previous = undefined
    place.next = undefined
    this.size--
  }
}
