import type { EndReason, RunStatus } from '../status.ts'

/** The status of a run that never started. */
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
