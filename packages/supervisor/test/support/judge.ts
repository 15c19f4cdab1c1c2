import type { Frame } from './frames.ts'

/** How far what arrived is from the order in which it was written. */
export interface Verdict {
  records: number
  wrongSuccessors: number
  largestDisplacement: number
}

/** Judges records of 4 bytes, each of which is its number. */
export class NumberJudge {
  #records = 0
  #last = -1
  #wrong = 0
  #displacement = 0
  /** What a read cut off of a record; empty where every write was read at once. */
  readonly #cut: Buffer[] = [Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0)]

  readonly take = ({ stream, payload }: Frame): void => {
    const cut = this.#cut[stream]!
    const bytes = cut.length === 0 ? payload : Buffer.concat([cut, payload])
    const end = bytes.length - (bytes.length % 4)
    for (let at = 0; at < end; at += 4) this.judge(bytes.readUInt32LE(at))
    this.#cut[stream] = bytes.subarray(end)
  }

  judge(number: number): void {
    if (number !== this.#last + 1) this.#wrong += 1
    this.#displacement = Math.max(this.#displacement, Math.abs(number - this.#records))
    this.#last = number
    this.#records += 1
  }

  verdict(): Verdict {
    return { records: this.#records, wrongSuccessors: this.#wrong, largestDisplacement: this.#displacement }
  }
}

/** The numbers that the writer draws too. */
export function drawing(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 8
  }
}

/**
 * Judges records of many sizes, filled with their numbers modulo 251: the bytes of one record are whole, in its stream,
 * and followed by the next.
 */
export class SizeJudge {
  #record = -1
  #left = 0
  #stream = 0
  #wrong = 0
  readonly #draw = drawing(1)

  readonly take = ({ stream, payload }: Frame): void => {
    let at = 0
    while (at < payload.length) {
      if (this.#left === 0) this.#next()
      const part = payload.subarray(at, at + this.#left)
      const fits = stream === this.#stream && part.equals(Buffer.alloc(part.length, this.#record % 251))
      if (!fits) this.#wrong += 1
      this.#left -= part.length
      at += part.length
    }
  }

  verdict(): { records: number; wrong: number; left: number } {
    return { records: this.#record + 1, wrong: this.#wrong, left: this.#left }
  }

  #next(): void {
    this.#record += 1
    this.#stream = 1 + (this.#draw() & 1)
    const size = 2 ** (this.#draw() % 21)
    this.#left = size === 1 ? 1 : size - (this.#draw() % (size / 2))
  }
}
