import { niceDurationMs } from '../drawing/nice-duration.ts'
import type { Lane } from '../record/lane.ts'

const leastBinPx = 3

/** How many lines came in each bin of time. Bin `n` begins at `n · binMs` and ends before `(n + 1) · binMs`. */
export interface Bins {
  binMs: number
  firstBin: number
  counts: Float64Array
}

/** The length of a bin where a pixel stands for `msPerPx`: a round number, and at least 3 pixels wide. */
export function binMsFor(msPerPx: number): number {
  return niceDurationMs(leastBinPx * msPerPx)
}

/** The bins that overlap this time. They do not depend on where it begins, so that a chart that is panned keeps its bars. */
export function binsOf(lane: Lane, binMs: number, fromMs: number, toMs: number): Bins {
  const firstBin = Math.floor(fromMs / binMs)
  const counts = new Float64Array(Math.ceil(toMs / binMs) - firstBin)
  for (let bin = 0; bin < counts.length; bin++) {
    const binFromMs = (firstBin + bin) * binMs
    counts[bin] = lane.countBetween(binFromMs, binFromMs + binMs)
  }
  return { binMs, firstBin, counts }
}

/** How many lines the fullest bin of the lane has. */
export function fullestBin({ times, omitted }: Lane, binMs: number): number {
  let [fullest, bin, count] = [0, -1, 0]
  for (let position = 0; position < times.length; position++) {
    const of = Math.floor(times.msAt(position) / binMs)
    count = of === bin ? count + 1 : 1
    bin = of
    if (count > fullest) fullest = count
  }
  if (omitted === undefined) return fullest
  const { fromMs, toMs } = omitted.range
  // Of a slot only the sum is known.
  const stepMs = Math.max(binMs, omitted.slotMs)
  for (let ms = Math.floor(fromMs / stepMs) * stepMs; ms < toMs; ms += stepMs) {
    fullest = Math.max(fullest, (omitted.countBetween(ms, ms + stepMs) * binMs) / stepMs)
  }
  return fullest
}
