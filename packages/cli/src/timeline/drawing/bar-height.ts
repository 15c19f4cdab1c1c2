/** The least that can be seen. */
const leastPx = 3
/** A picture of single lines only is to look like one: its bars stay low. */
const leastMax = 27

/** How high the bar of so many lines is where the highest has `max`: by the cube root, so that one line is seen beside hundreds. */
export function barHeightPx(count: number, max: number, fullPx: number): number {
  if (count <= 0) return 0
  const share = Math.cbrt(count / Math.max(count, max, leastMax))
  return Math.max(leastPx, share * fullPx)
}
