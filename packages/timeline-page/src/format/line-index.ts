import { VarintReader, VarintWriter } from './varints.ts'

/** Where a line belongs and where its text ends; the text itself stands in the block's texts, one after the other. */
export interface IndexedLine {
  /** Milliseconds since the record's first event. */
  ms: number
  lane: number
  /** Whether it continues a line that an earlier one began. */
  isContinued: boolean
  textBytes: number
  /** How many bytes of its end are left out, because it was longer than what is kept. */
  cutBytes: number
}

/** The lines of one index, a column for each of their properties. */
export interface LineColumns {
  length: number
  ms: Float64Array
  lane: Uint16Array
  isContinued: Uint8Array
  textBytes: Uint32Array
  cutBytes: Float64Array
}

/**
 * Writes the index of a block of lines, as varints: the number of lines; of each the milliseconds since the line before; of each twice
 * its lane, plus one where it is continued; of each the bytes of its text; of each the bytes left out. In columns like these
 * the numbers compress better than line by line.
 *
 * @param lastMs The time of the last line of the block before, or 0.
 */
export function writeLineIndex(lines: readonly IndexedLine[], lastMs: number): Uint8Array {
  const index = new VarintWriter()
  index.push(lines.length)
  let beforeMs = lastMs
  for (const { ms } of lines) {
    index.push(ms - beforeMs)
    beforeMs = ms
  }
  for (const { lane, isContinued } of lines) index.push(2 * lane + (isContinued ? 1 : 0))
  for (const { textBytes } of lines) index.push(textBytes)
  for (const { cutBytes } of lines) index.push(cutBytes)
  return index.bytes()
}

/**
 * Reads an index that `writeLineIndex` has written.
 *
 * @param lastMs The time of the last line of the block before, or 0.
 * @throws A `RangeError` where the index is cut short.
 */
export function readLineIndex(index: Uint8Array, lastMs: number): LineColumns {
  const numbers = new VarintReader(index)
  const length = numbers.next()
  const ms = new Float64Array(length)
  const lane = new Uint16Array(length)
  const isContinued = new Uint8Array(length)
  const textBytes = new Uint32Array(length)
  const cutBytes = new Float64Array(length)
  let beforeMs = lastMs
  for (let at = 0; at < length; at++) ms[at] = beforeMs += numbers.next()
  for (let at = 0; at < length; at++) {
    const laneAndContinued = numbers.next()
    lane[at] = laneAndContinued >> 1
    isContinued[at] = laneAndContinued & 1
  }
  for (let at = 0; at < length; at++) textBytes[at] = numbers.next()
  for (let at = 0; at < length; at++) cutBytes[at] = numbers.next()
  return { length, ms, lane, isContinued, textBytes, cutBytes }
}
