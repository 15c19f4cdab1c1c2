/** Browsers limit the height of an element. */
const mostPx = 12_000_000

/**
 * Which rows of a long list are in view. Where the list would be taller than a browser allows, a pixel of scrolling passes more
 * than a pixel of rows.
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

  /** The row at the upper edge; the fraction is the part of it above the edge. */
  topRow(scrollPx: number, heightPx: number): number {
    const { scrollablePx, scrollableRows } = this.#scrollable(heightPx)
    return scrollablePx <= 0 ? 0 : Math.min(Math.max((scrollPx / scrollablePx) * scrollableRows, 0), scrollableRows)
  }

  /** Where to scroll to have this row at the upper edge, or as near to it as possible. */
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
