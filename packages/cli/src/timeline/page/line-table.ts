import { LaneTimes } from './lane-times.ts'
import { VarintReader } from './varint-reader.ts'

/** Where the text of a line is: in which block, and which bytes of it. */
export interface TextPlace {
  block: number
  fromByte: number
  toByte: number
}

/** All lines in the order in which they came, but for their texts. Some 13 bytes a line. */
export class LineTable {
  readonly #laneCount: number
  readonly #times: Float64Array
  /** Twice the lane, and one more where the line is continued. */
  readonly #lanes: Uint16Array
  readonly #textStarts: Uint32Array
  readonly #cutBytes = new Map<number, number>()
  /** The first line of each block, and the bytes of its texts. */
  readonly #blocks: { firstLine: number; textBytes: number }[] = []
  #length = 0

  constructor(lineCount: number, laneCount: number) {
    this.#laneCount = laneCount
    this.#times = new Float64Array(lineCount)
    this.#lanes = new Uint16Array(lineCount)
    this.#textStarts = new Uint32Array(lineCount)
  }

  get length(): number {
    return this.#length
  }

  /** Takes up the index of the next block. */
  append(index: Uint8Array): void {
    const numbers = new VarintReader(index)
    const first = this.#length
    const end = first + numbers.next()
    if (end > this.#times.length) throw new RangeError('The page has more lines than it says')
    let ms = first === 0 ? 0 : this.msOf(first - 1)
    for (let id = first; id < end; id++) this.#times[id] = ms += numbers.next()
    for (let id = first; id < end; id++) this.#lanes[id] = numbers.next()
    let textBytes = 0
    for (let id = first; id < end; id++) {
      this.#textStarts[id] = textBytes
      textBytes += numbers.next()
    }
    for (let id = first; id < end; id++) {
      const cutBytes = numbers.next()
      if (cutBytes > 0) this.#cutBytes.set(id, cutBytes)
    }
    this.#blocks.push({ firstLine: first, textBytes })
    this.#length = end
  }

  msOf(id: number): number {
    return this.#times[id] ?? 0
  }

  laneOf(id: number): number {
    return (this.#lanes[id] ?? 0) >> 1
  }

  isContinued(id: number): boolean {
    return (this.#lanes[id] ?? 0) % 2 === 1
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
      if (lane === undefined) throw new RangeError('The page has a line of no command')
      lane.times[lane.length] = this.msOf(id)
      lane.ids[lane.length++] = id
    }
    return lanes.map(({ times, ids }) => new LaneTimes(times, ids))
  }
}
