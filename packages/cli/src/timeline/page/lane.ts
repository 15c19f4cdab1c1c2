import type { LaneTimes } from './lane-times.ts'
import type { UnkeptCounts } from './unkept-counts.ts'

/** One stream of a command: its lines, and the number of those that the page does not have. */
export class Lane {
  readonly times: LaneTimes
  readonly unkept: UnkeptCounts | undefined

  constructor(times: LaneTimes, unkept: UnkeptCounts | undefined) {
    this.times = times
    this.unkept = unkept
  }

  /** How many lines came from then until before then, whether the page has them or not. */
  countBetween(fromMs: number, toMs: number): number {
    return this.times.countBetween(fromMs, toMs) + (this.unkept?.countBetween(fromMs, toMs) ?? 0)
  }
}
