/** The smallest height that can be seen. */
const leastPx = 3
/** Where there are only single lines here and there, bars stay low. */
const leastMax = 27

/** The height of a bar of `count` lines where the fullest has `max`: by the cube root, so that one line shows beside hundreds. */
export function barHeightPx(count: number, max: number, fullPx: number): number {
  if (count <= 0) return 0
  const share = Math.cbrt(count / Math.max(count, max, leastMax))
  return Math.max(leastPx, share * fullPx)
}
