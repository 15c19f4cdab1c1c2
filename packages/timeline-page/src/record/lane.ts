import type { LaneTimes } from './lane-times.ts'
import type { OmittedCounts } from './omitted-counts.ts'

/** One stream of a command: its lines, and how many more there were that the page does not have. */
export class Lane {
  readonly times: LaneTimes
  readonly omitted: OmittedCounts | undefined

  constructor(times: LaneTimes, omitted: OmittedCounts | undefined) {
    this.times = times
    this.omitted = omitted
  }

  /** How many lines came from `fromMs` on and before `toMs`, whether the page has them or not. */
  countBetween(fromMs: number, toMs: number): number {
    return this.times.countBetween(fromMs, toMs) + (this.omitted?.countBetween(fromMs, toMs) ?? 0)
  }
}
