/** When each event of a record is due that is shown as fast as it was recorded, or by a factor faster. */
export class Pace {
  readonly #speed: number
  /** What the clock said when the first event came, and when that was recorded. */
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
