import type { UnkeptLane } from '../page-data.ts'

/** Lines of a lane that are known by their number only, in slots of equal length. */
export class UnkeptCounts {
  readonly slotMs: number
  readonly #firstSlot: number
  /** How many there were before each slot, and at last all. */
  readonly #before: number[]

  constructor(slotMs: number, { firstSlot, counts }: Pick<UnkeptLane, 'firstSlot' | 'counts'>) {
    this.slotMs = slotMs
    this.#firstSlot = firstSlot
    this.#before = [0]
    counts.forEach((count, slot) => this.#before.push((this.#before[slot] ?? 0) + count))
  }

  /** How many there were between these times, taking the lines of a slot as spread evenly. */
  countBetween(fromMs: number, toMs: number): number {
    return this.#until(toMs) - this.#until(fromMs)
  }

  /** The ends of the time in which there are any. */
  get range(): { fromMs: number; toMs: number } {
    const fromMs = this.#firstSlot * this.slotMs
    return { fromMs, toMs: fromMs + (this.#before.length - 1) * this.slotMs }
  }

  #until(ms: number): number {
    const last = this.#before.length - 1
    const slots = Math.min(Math.max(ms / this.slotMs - this.#firstSlot, 0), last)
    const whole = Math.floor(slots)
    const [before, after] = [this.#before[whole] ?? 0, this.#before[Math.min(whole + 1, last)] ?? 0]
    return before + (slots - whole) * (after - before)
  }
}
