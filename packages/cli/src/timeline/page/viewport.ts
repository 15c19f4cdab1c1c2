/** What is left free at both ends of the whole, as a share of it. */
const marginShare = 0.02
/** Times are whole milliseconds: there is nothing more to be seen below. */
const leastSpanMs = 40

/** The part of the time that is shown. It never leaves the record. */
export class Viewport {
  readonly #leastMs: number
  readonly #mostMs: number
  #fromMs: number
  #toMs: number

  constructor(durationMs: number) {
    const spanMs = Math.max(durationMs * (1 + 2 * marginShare), leastSpanMs)
    this.#leastMs = (durationMs - spanMs) / 2
    this.#mostMs = this.#leastMs + spanMs
    this.#fromMs = this.#leastMs
    this.#toMs = this.#mostMs
  }

  get fromMs(): number {
    return this.#fromMs
  }

  get toMs(): number {
    return this.#toMs
  }

  get spanMs(): number {
    return this.#toMs - this.#fromMs
  }

  /** Where the whole record would begin and end. */
  get whole(): { fromMs: number; toMs: number } {
    return { fromMs: this.#leastMs, toMs: this.#mostMs }
  }

  get isWhole(): boolean {
    return this.#fromMs <= this.#leastMs && this.#toMs >= this.#mostMs
  }

  get isClosest(): boolean {
    return this.spanMs <= leastSpanMs
  }

  xOf(ms: number, widthPx: number): number {
    return ((ms - this.#fromMs) / this.spanMs) * widthPx
  }

  msAt(x: number, widthPx: number): number {
    return this.#fromMs + (x / widthPx) * this.spanMs
  }

  fit(): void {
    this.#show(this.#leastMs, this.#mostMs - this.#leastMs)
  }

  /** Shows `factor` of the time that was shown; what stood at this time stays where it is. */
  zoomAt(ms: number, factor: number): void {
    const spanMs = Math.min(Math.max(this.spanMs * factor, leastSpanMs), this.#mostMs - this.#leastMs)
    const share = (ms - this.#fromMs) / this.spanMs
    this.#show(ms - share * spanMs, spanMs)
  }

  panBy(ms: number): void {
    this.#show(this.#fromMs + ms, this.spanMs)
  }

  /** Moves, no further than is needed for this time to be seen apart from the edges. */
  reveal(ms: number): void {
    const edgeMs = this.spanMs / 10
    if (ms < this.#fromMs + edgeMs) this.#show(ms - edgeMs, this.spanMs)
    else if (ms > this.#toMs - edgeMs) this.#show(ms + edgeMs - this.spanMs, this.spanMs)
  }

  #show(fromMs: number, spanMs: number): void {
    this.#fromMs = Math.max(this.#leastMs, Math.min(fromMs, this.#mostMs - spanMs))
    this.#toMs = Math.min(this.#fromMs + spanMs, this.#mostMs)
  }
}
