import { niceDurationMs } from '../drawing/nice-duration.ts'
import type { Lane } from './lane.ts'

const leastBinPx = 3

/** Lines by the time in which they came, bin number `n` being from `n · binMs` until before `(n + 1) · binMs`. */
export interface Bins {
  binMs: number
  firstBin: number
  counts: Float64Array
}

/** The length of a bin in which so many milliseconds are a pixel: round, and at least 3 pixels wide. */
export function binMsFor(msPerPx: number): number {
  return niceDurationMs(leastBinPx * msPerPx)
}

/** The bins that show anything of this time. They do not depend on where the time begins: a picture that is moved stays the same. */
export function binsOf(lane: Lane, binMs: number, fromMs: number, toMs: number): Bins {
  const firstBin = Math.floor(fromMs / binMs)
  const counts = new Float64Array(Math.ceil(toMs / binMs) - firstBin)
  for (let bin = 0; bin < counts.length; bin++) {
    const binFromMs = (firstBin + bin) * binMs
    counts[bin] = lane.countBetween(binFromMs, binFromMs + binMs)
  }
  return { binMs, firstBin, counts }
}

/** The most lines that any bin of the lane has. */
export function fullestBin({ times, unkept }: Lane, binMs: number): number {
  let [fullest, bin, count] = [0, -1, 0]
  for (let position = 0; position < times.length; position++) {
    const of = Math.floor(times.msAt(position) / binMs)
    count = of === bin ? count + 1 : 1
    bin = of
    if (count > fullest) fullest = count
  }
  if (unkept === undefined) return fullest
  const { fromMs, toMs } = unkept.range
  // Within a slot nothing is known but the sum.
  const stepMs = Math.max(binMs, unkept.slotMs)
  for (let ms = Math.floor(fromMs / stepMs) * stepMs; ms < toMs; ms += stepMs) {
    fullest = Math.max(fullest, (unkept.countBetween(ms, ms + stepMs) * binMs) / stepMs)
  }
  return fullest
}
