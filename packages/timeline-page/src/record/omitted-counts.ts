import type { OmittedLane } from '../format/page-data.ts'

/** The omitted lines of a lane: how many there were in each of the equally long slots. */
export class OmittedCounts {
  readonly slotMs: number
  readonly #firstSlot: number
  /** How many there were before each slot, and last how many there were in all. */
  readonly #before: number[]

  constructor(slotMs: number, { firstSlot, counts }: Pick<OmittedLane, 'firstSlot' | 'counts'>) {
    this.slotMs = slotMs
    this.#firstSlot = firstSlot
    this.#before = [0]
    counts.forEach((count, slot) => this.#before.push((this.#before[slot] ?? 0) + count))
  }

  /** How many there were between these times, as if the lines of a slot were spread evenly over it. */
  countBetween(fromMs: number, toMs: number): number {
    return this.#countUntil(toMs) - this.#countUntil(fromMs)
  }

  /** The time in which there are any. */
  get range(): { fromMs: number; toMs: number } {
    const fromMs = this.#firstSlot * this.slotMs
    return { fromMs, toMs: fromMs + (this.#before.length - 1) * this.slotMs }
  }

  #countUntil(ms: number): number {
    const last = this.#before.length - 1
    const slots = Math.min(Math.max(ms / this.slotMs - this.#firstSlot, 0), last)
    const whole = Math.floor(slots)
    const [before, after] = [this.#before[whole] ?? 0, this.#before[Math.min(whole + 1, last)] ?? 0]
    return before + (slots - whole) * (after - before)
  }
}
