import { setTimeout } from 'node:timers/promises'

/** The time, and waiting for it. */
export interface Clock {
  nowMs(): number
  /** Resolves after that time; rejects if the signal aborts before. */
  sleep(delayMs: number, signal: AbortSignal): Promise<void>
}

/** The system's clock that nobody sets. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  sleep: (delayMs, signal) => setTimeout(delayMs, undefined, { signal }),
}

/** When each event of a record is due, if it is replayed as fast as it was recorded, or faster by a factor. */
export class Pace {
  readonly #speed: number
  /** What the clock said when the first event came, and when that event was recorded. */
  #origin: { nowMs: number; t: number } | undefined

  constructor(speed: number) {
    this.#speed = speed
  }

  /** Milliseconds until what was recorded at `t` is due, by a clock that says `nowMs`. What is late is due at once. */
  delayMs(t: number, nowMs: number): number {
    this.#origin ??= { nowMs, t }
    return Math.max(0, this.#origin.nowMs + (t - this.#origin.t) / this.#speed - nowMs)
  }
}
