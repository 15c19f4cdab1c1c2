/** Browsers cut off what is higher. */
const mostPx = 12_000_000

/**
 * Which rows of a long list are in sight. A list that would be higher than a browser can have it is scrolled faster than its rows
 * are high.
 */
export class VirtualRows {
  readonly #count: number
  readonly #rowPx: number

  constructor(count: number, rowPx: number) {
    this.#count = count
    this.#rowPx = rowPx
  }

  get totalPx(): number {
    return Math.min(this.#count * this.#rowPx, mostPx)
  }

  /** The row at the upper edge; its fraction is what is above the edge. */
  topRow(scrollPx: number, heightPx: number): number {
    const { scrollablePx, scrollableRows } = this.#scrollable(heightPx)
    return scrollablePx <= 0 ? 0 : Math.min(Math.max((scrollPx / scrollablePx) * scrollableRows, 0), scrollableRows)
  }

  /** Where to scroll for this row to be at the upper edge, or as near to it as it comes. */
  scrollPxOf(row: number, heightPx: number): number {
    const { scrollablePx, scrollableRows } = this.#scrollable(heightPx)
    return scrollableRows <= 0 ? 0 : Math.min(Math.max((row / scrollableRows) * scrollablePx, 0), scrollablePx)
  }

  #scrollable(heightPx: number): { scrollablePx: number; scrollableRows: number } {
    return {
      scrollablePx: Math.max(this.totalPx - heightPx, 0),
      scrollableRows: Math.max(this.#count - heightPx / this.#rowPx, 0),
    }
  }
}
