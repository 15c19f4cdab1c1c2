/** The margin at each end of the whole record, as a share of its length. */
const marginShare = 0.02
/** Times are whole milliseconds, so that there is no more to see closer up. */
const leastSpanMs = 40

/** The part of the record's time that is shown; it never goes beyond the record and its margins. */
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

  /** The span in which the whole record is shown, margins included. */
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

  /** Shows `factor` times the span that was shown. What is at this time stays where it is on the screen. */
  zoomAt(ms: number, factor: number): void {
    const spanMs = Math.min(Math.max(this.spanMs * factor, leastSpanMs), this.#mostMs - this.#leastMs)
    const share = (ms - this.#fromMs) / this.spanMs
    this.#show(ms - share * spanMs, spanMs)
  }

  panBy(ms: number): void {
    this.#show(this.#fromMs + ms, this.spanMs)
  }

  /** Pans just as far as it takes to show this time, not too near an edge. */
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
