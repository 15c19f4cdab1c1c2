/** The lines of one lane: when each came, in order, and its id among the lines of all lanes. */
export class LaneTimes {
  readonly #times: Float64Array
  readonly #ids: Uint32Array

  constructor(times: Float64Array, ids: Uint32Array) {
    this.#times = times
    this.#ids = ids
  }

  get length(): number {
    return this.#times.length
  }

  msAt(position: number): number {
    return this.#times[position] ?? Infinity
  }

  idAt(position: number): number | undefined {
    return this.#ids[position]
  }

  /** The position of the first line at this time or later; the length where there is none. */
  firstFrom(ms: number): number {
    let low = 0
    let high = this.#times.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.msAt(middle) < ms) low = middle + 1
      else high = middle
    }
    return low
  }

  /** How many lines came from `fromMs` on and before `toMs`. */
  countBetween(fromMs: number, toMs: number): number {
    return this.firstFrom(toMs) - this.firstFrom(fromMs)
  }

  /** When the next line came after this time; `Infinity` where none did. */
  nextAfter(ms: number): number {
    return this.msAt(this.#firstAfter(ms))
  }

  /** When the last line came at this time or before it; `-Infinity` where none did. */
  lastUntil(ms: number): number {
    return this.#times[this.#firstAfter(ms) - 1] ?? -Infinity
  }

  /** The position of the line nearest to this time. */
  nearest(ms: number): number | undefined {
    const after = this.firstFrom(ms)
    const before = after - 1
    if (after >= this.length) return this.length === 0 ? undefined : before
    return before >= 0 && ms - this.msAt(before) < this.msAt(after) - ms ? before : after
  }

  #firstAfter(ms: number): number {
    let low = this.firstFrom(ms)
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.msAt(middle) <= ms) low = middle + 1
      else high = middle
    }
    return low
  }
}
