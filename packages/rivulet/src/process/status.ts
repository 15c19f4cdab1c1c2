/** Why a run ended: the first cause stays. */
export type EndReason = 'exited' | 'killed' | 'aborted' | 'timeout' | 'limit' | 'failed'

/** How a run ended. */
export interface RunStatus {
  /** The exit code; `null` when a signal ended the program, or it never started. */
  code: number | null
  /** The signal that ended the program. */
  signalCode: NodeJS.Signals | null
  /**
   * `'exited'`: it ended by itself, also by a signal that was not ours. `'killed'`: the consumer left. `'aborted'`,
   * `'timeout'`, `'limit'`: as they say. `'failed'`: it could not start, or its input threw.
   */
  reason: EndReason
  /** Milliseconds since the epoch; `null` when it never started. */
  startedAt: number | null
  /** Milliseconds from the start until all was over. */
  durationMs: number
  /** `false` when the pipes were closed before their end, because something else held them after the program's end. */
  drained: boolean
  /** How items of the two streams are ordered. */
  order: 'arrival' | 'exact'
  /** Processes outside the group that were ended. */
  strays: number
}

/** The status of a run whose program never started. */
export function neverStarted(reason: EndReason): RunStatus {
  return {
    code: null,
    signalCode: null,
    reason,
    startedAt: null,
    durationMs: 0,
    drained: true,
    order: 'arrival',
    strays: 0,
  }
}
