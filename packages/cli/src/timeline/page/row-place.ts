/** The height of a row's head, which is not painted, and of the texts at its marks. */
const headPx = 26
const marksPx = 18
const footPx = 10

/** Where the parts of a row are painted. */
export interface RowPlace {
  topPx: number
  bottomPx: number
  /** The middle of the texts at its marks. */
  marksY: number
  /** The line that is drawn while the command runs: stdout is above it, stderr below. */
  baseY: number
  /** The height of the highest bar. */
  barPx: number
}

/** The place of a row of this height. */
export function rowPlace(topPx: number, heightPx: number): RowPlace {
  const barPx = Math.floor((heightPx - headPx - marksPx - footPx) / 2)
  const marksY = topPx + headPx + marksPx / 2
  return { topPx, bottomPx: topPx + heightPx, marksY, baseY: topPx + headPx + marksPx + barPx, barPx }
}
