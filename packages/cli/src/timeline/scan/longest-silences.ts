import type { Silence } from '@rivulet/timeline-page'

/** Keeps the longest of the silences that are added, and no more than `most`. */
export class LongestSilences {
  readonly #most: number
  #kept: Silence[] = []

  constructor(most: number) {
    this.#most = most
  }

  add(fromMs: number, toMs: number): void {
    if (toMs <= fromMs) return
    const shortest = this.#kept.at(-1)
    if (this.#kept.length === this.#most && shortest !== undefined && toMs - fromMs <= lengthMs(shortest)) return
    this.#kept.push({ fromMs, toMs })
    this.#kept.sort((left, right) => lengthMs(right) - lengthMs(left))
    this.#kept.length = Math.min(this.#kept.length, this.#most)
  }

  /** The longest first. */
  get kept(): readonly Silence[] {
    return this.#kept
  }
}

const lengthMs = ({ fromMs, toMs }: Silence): number => toMs - fromMs
