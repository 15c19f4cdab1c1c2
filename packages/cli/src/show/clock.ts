import { setTimeout } from 'node:timers/promises'

/** The time, and waiting for it. */
export interface Clock {
  nowMs(): number
  /** Resolves after that time; rejects when the signal aborts before. */
  sleep(delayMs: number, signal: AbortSignal): Promise<void>
}

/** The system's clock that nobody sets. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  sleep: (delayMs, signal) => setTimeout(delayMs, undefined, { signal }),
}
