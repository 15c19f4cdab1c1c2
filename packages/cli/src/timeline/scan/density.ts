/**
 * Counts over time, in slots of equal length. When a time does not fit any more, the slots become twice as long, so that memory is
 * bounded by the number of slots.
 */
export class Density {
  readonly #counts: Float64Array
  #slotMs = 1

  constructor(slots: number) {
    this.#counts = new Float64Array(slots)
  }

  get slotMs(): number {
    return this.#slotMs
  }

  add(ms: number, count: number): void {
    while (ms >= this.#slotMs * this.#counts.length) this.#widen()
    const slot = Math.floor(ms / this.#slotMs)
    this.#counts[slot] = (this.#counts[slot] ?? 0) + count
  }

  /** The counts from the start to the last that is not 0, in slots of this length: `slotMs`, or that times a power of two. */
  countsAt(slotMs: number): number[] {
    while (this.#slotMs < slotMs) this.#widen()
    return [...this.#counts.subarray(0, this.#counts.findLastIndex((count) => count > 0) + 1)]
  }

  #widen(): void {
    const counts = this.#counts
    const half = Math.ceil(counts.length / 2)
    for (let slot = 0; slot < half; slot++) counts[slot] = (counts[2 * slot] ?? 0) + (counts[2 * slot + 1] ?? 0)
    counts.fill(0, half)
    this.#slotMs *= 2
  }
}
