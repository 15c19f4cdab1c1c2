import { readLineIndex } from '../format/line-index.ts'
import { LaneTimes } from './lane-times.ts'

/** Where the text of a line is: in which block, and which of its bytes. */
export interface TextPlace {
  block: number
  fromByte: number
  toByte: number
}

/** All lines in the order in which they came, without their texts: 15 bytes a line. A line's id is its place in that order. */
export class LineTable {
  readonly #laneCount: number
  readonly #times: Float64Array
  readonly #lanes: Uint16Array
  readonly #continued: Uint8Array
  readonly #textStarts: Uint32Array
  /** By id, where a text is cut at all. */
  readonly #cutBytes = new Map<number, number>()
  /** The first line of each block, and the bytes of its texts. */
  readonly #blocks: { firstLine: number; textBytes: number }[] = []
  #length = 0

  constructor(lineCount: number, laneCount: number) {
    this.#laneCount = laneCount
    this.#times = new Float64Array(lineCount)
    this.#lanes = new Uint16Array(lineCount)
    this.#continued = new Uint8Array(lineCount)
    this.#textStarts = new Uint32Array(lineCount)
  }

  get length(): number {
    return this.#length
  }

  /** Adds the lines of the next block. */
  append(index: Uint8Array): void {
    const first = this.#length
    const lines = readLineIndex(index, first === 0 ? 0 : this.msOf(first - 1))
    if (first + lines.length > this.#times.length) throw new RangeError('The page has more lines than it says')
    this.#times.set(lines.ms, first)
    this.#lanes.set(lines.lane, first)
    this.#continued.set(lines.isContinued, first)
    let textBytes = 0
    for (let at = 0; at < lines.length; at++) {
      this.#textStarts[first + at] = textBytes
      textBytes += lines.textBytes[at] ?? 0
      const cutBytes = lines.cutBytes[at] ?? 0
      if (cutBytes > 0) this.#cutBytes.set(first + at, cutBytes)
    }
    this.#blocks.push({ firstLine: first, textBytes })
    this.#length += lines.length
  }

  msOf(id: number): number {
    return this.#times[id] ?? 0
  }

  laneOf(id: number): number {
    return this.#lanes[id] ?? 0
  }

  isContinued(id: number): boolean {
    return this.#continued[id] === 1
  }

  cutBytesOf(id: number): number {
    return this.#cutBytes.get(id) ?? 0
  }

  textPlaceOf(id: number): TextPlace {
    const block = this.#blocks.findLastIndex(({ firstLine }) => firstLine <= id)
    const isLast = (this.#blocks[block + 1]?.firstLine ?? this.#length) === id + 1
    const toByte = isLast ? this.#blocks[block]?.textBytes : this.#textStarts[id + 1]
    return { block, fromByte: this.#textStarts[id] ?? 0, toByte: toByte ?? 0 }
  }

  /** The lines of each lane. */
  lanes(): LaneTimes[] {
    const counts = new Uint32Array(this.#laneCount)
    for (let id = 0; id < this.#length; id++) counts[this.laneOf(id)] = (counts[this.laneOf(id)] ?? 0) + 1
    const lanes = Array.from(counts, (count) => ({
      times: new Float64Array(count),
      ids: new Uint32Array(count),
      length: 0,
    }))
    for (let id = 0; id < this.#length; id++) {
      const lane = lanes[this.laneOf(id)]
      if (lane === undefined) throw new RangeError('The page has a line that belongs to no command')
      lane.times[lane.length] = this.msOf(id)
      lane.ids[lane.length++] = id
    }
    return lanes.map(({ times, ids }) => new LaneTimes(times, ids))
  }
}
