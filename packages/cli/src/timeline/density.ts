/**
 * Counts in slots of equal length, whatever the time: when it does not fit any more, the slots become twice as long. Memory is
 * that of its slots.
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

  /** The counts in slots of this length, which is its own or a multiple by a power of two, from the start to the last that has any. */
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
