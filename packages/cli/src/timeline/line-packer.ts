import { gzipSync } from 'node:zlib'
import { Density } from './density.ts'
import type { Unkept } from './page-data.ts'
import type { TimelineLimits } from './timeline-limits.ts'
import type { TimelineLine } from './timeline-line.ts'
import { Varints } from './varints.ts'

/** A block is what a browser unpacks to show any one of its lines, so it is small. */
const maxBlockLines = 16_384
const maxBlockBytes = 512 * 1024
const unkeptSlots = 1024

/** Some lines in a row: what says where they belong, and their texts one after the other, both gzipped. */
export interface LineBlock {
  index: Uint8Array
  texts: Uint8Array
}

export interface PackedLines {
  blocks: LineBlock[]
  keptLines: number
  unkept: Unkept
}

/**
 * Packs lines into blocks. An index is, as varints, the number of its lines, then for each line its milliseconds since the one
 * before, then for each twice its lane and one more where it is continued, then the bytes of each text, then the bytes cut off
 * each. Holds what is packed, up to the limits; lines over them are counted.
 */
export class LinePacker {
  readonly #limits: TimelineLimits
  readonly #blocks: LineBlock[] = []
  readonly #unkept = new Map<number, Density>()
  /** The lines of the block that is being filled, their texts apart. */
  #lines: { ms: number; lane: number; textBytes: number; cutBytes: number; isContinued: boolean }[] = []
  #texts: Buffer = Buffer.alloc(2 * maxBlockBytes)
  #textBytes = 0
  #keptLines = 0
  #unkeptLines = 0
  #packedBytes = 0
  #lastMs = 0

  constructor(limits: TimelineLimits) {
    this.#limits = limits
  }

  add(line: TimelineLine): void {
    if (this.#keptLines >= this.#limits.maxLines || this.#packedBytes >= this.#limits.maxPackedBytes) this.#count(line)
    else {
      const { ms, lane, text, cutBytes, isContinued } = line
      this.#lines.push({ ms, lane, textBytes: this.#append(text), cutBytes, isContinued })
      this.#keptLines++
      if (this.#lines.length >= maxBlockLines || this.#textBytes >= maxBlockBytes) this.#pack()
    }
  }

  end(): PackedLines {
    if (this.#lines.length > 0) this.#pack()
    return { blocks: this.#blocks, keptLines: this.#keptLines, unkept: this.#unkeptCounts() }
  }

  #pack(): void {
    const index = new Varints()
    index.push(this.#lines.length)
    for (const { ms } of this.#lines) {
      index.push(ms - this.#lastMs)
      this.#lastMs = ms
    }
    for (const { lane, isContinued } of this.#lines) index.push(2 * lane + (isContinued ? 1 : 0))
    for (const { textBytes } of this.#lines) index.push(textBytes)
    for (const { cutBytes } of this.#lines) index.push(cutBytes)
    const block = {
      index: gzipSync(index.take()),
      texts: gzipSync(this.#texts.subarray(0, this.#textBytes)),
    }
    this.#blocks.push(block)
    this.#packedBytes += block.index.length + block.texts.length
    this.#lines = []
    this.#textBytes = 0
  }

  /** Each text by itself: half a character at its end must not become one with half of another. */
  #append(text: string): number {
    const mostBytes = this.#textBytes + 3 * text.length
    if (mostBytes > this.#texts.length) this.#texts = Buffer.concat([this.#texts], 2 * mostBytes)
    const bytes = this.#texts.write(text, this.#textBytes)
    this.#textBytes += bytes
    return bytes
  }

  #count({ lane, ms }: TimelineLine): void {
    let density = this.#unkept.get(lane)
    if (density === undefined) this.#unkept.set(lane, (density = new Density(unkeptSlots)))
    density.add(ms, 1)
    this.#unkeptLines++
  }

  #unkeptCounts(): Unkept {
    const slotMs = Math.max(1, ...[...this.#unkept.values()].map((density) => density.slotMs))
    const lanes = [...this.#unkept].map(([lane, density]) => {
      const counts = density.countsAt(slotMs)
      const firstSlot = counts.findIndex((count) => count > 0)
      return { lane, firstSlot, counts: counts.slice(firstSlot) }
    })
    return { lines: this.#unkeptLines, slotMs, lanes }
  }
}
