/** The heights of a row's head, which is an element, and of the texts at the marks below it. */
const headPx = 26
const marksPx = 18
const footPx = 10

/** Where the parts of a row are painted, in pixels from the top of the canvas. */
export interface RowLayout {
  topPx: number
  bottomPx: number
  /** The middle of the texts at the marks. */
  marksY: number
  /** The line drawn while the command runs: stdout is above it, stderr below. */
  baseY: number
  /** The height of the tallest bar. */
  barPx: number
}

/** The layout of a row of this height. */
export function rowLayout(topPx: number, heightPx: number): RowLayout {
  const barPx = Math.floor((heightPx - headPx - marksPx - footPx) / 2)
  const marksY = topPx + headPx + marksPx / 2
  return { topPx, bottomPx: topPx + heightPx, marksY, baseY: topPx + headPx + marksPx + barPx, barPx }
}
