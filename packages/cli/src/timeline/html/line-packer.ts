import { gzipSync } from 'node:zlib'
import { writeLineIndex, type IndexedLine, type OmittedLines } from '@rivulet/timeline-page'
import { Density } from '../scan/density.ts'
import type { TimelineLine } from '../scan/line-assembler.ts'
import type { TimelineLimits } from '../timeline-limits.ts'

/** A browser unpacks a whole block to show any of its lines, so blocks are small. */
const maxBlockLines = 16_384
const maxBlockBytes = 512 * 1024
const omittedSlots = 1024

/** Consecutive lines: their index, and their texts one after the other, each gzipped. */
export interface LineBlock {
  index: Uint8Array
  texts: Uint8Array
}

export interface PackedLines {
  blocks: LineBlock[]
  keptLines: number
  omitted: OmittedLines
}

/** Packs lines into blocks for a page. Holds what is packed, up to the limits; lines beyond them are counted. */
export class LinePacker {
  readonly #limits: TimelineLimits
  readonly #blocks: LineBlock[] = []
  /** The omitted lines of each lane. */
  readonly #omitted = new Map<number, Density>()
  /** The lines of the block that is being filled; their texts are in `#texts`. */
  #lines: IndexedLine[] = []
  #texts: Buffer = Buffer.alloc(2 * maxBlockBytes)
  #textBytes = 0
  #keptLines = 0
  #omittedLines = 0
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
      if (this.#lines.length >= maxBlockLines || this.#textBytes >= maxBlockBytes) this.#packBlock()
    }
  }

  /** There are no more lines: gives all that were added. */
  close(): PackedLines {
    if (this.#lines.length > 0) this.#packBlock()
    return { blocks: this.#blocks, keptLines: this.#keptLines, omitted: this.#omittedCounts() }
  }

  #packBlock(): void {
    const block = {
      index: gzipSync(writeLineIndex(this.#lines, this.#lastMs)),
      texts: gzipSync(this.#texts.subarray(0, this.#textBytes)),
    }
    this.#blocks.push(block)
    this.#packedBytes += block.index.length + block.texts.length
    this.#lastMs = this.#lines.at(-1)?.ms ?? this.#lastMs
    this.#lines = []
    this.#textBytes = 0
  }

  /** Encodes each text by itself: half a surrogate pair at the end of one must not meet its other half in the next. */
  #append(text: string): number {
    const mostBytes = this.#textBytes + 3 * text.length
    if (mostBytes > this.#texts.length) this.#texts = Buffer.concat([this.#texts], 2 * mostBytes)
    const bytes = this.#texts.write(text, this.#textBytes)
    this.#textBytes += bytes
    return bytes
  }

  #count({ lane, ms }: TimelineLine): void {
    let density = this.#omitted.get(lane)
    if (density === undefined) this.#omitted.set(lane, (density = new Density(omittedSlots)))
    density.add(ms, 1)
    this.#omittedLines++
  }

  #omittedCounts(): OmittedLines {
    const slotMs = Math.max(1, ...[...this.#omitted.values()].map((density) => density.slotMs))
    const lanes = [...this.#omitted].map(([lane, density]) => {
      const counts = density.countsAt(slotMs)
      const firstSlot = counts.findIndex((count) => count > 0)
      return { lane, firstSlot, counts: counts.slice(firstSlot) }
    })
    return { lines: this.#omittedLines, slotMs, lanes }
  }
}
