import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLineIndex, writeLineIndex, type IndexedLine } from '../../src/format/line-index.ts'

const indexedLines = fc
  .array(
    fc.record({
      ms: fc.nat({ max: 2 ** 48 }),
      lane: fc.nat({ max: 399 }),
      isContinued: fc.boolean(),
      textBytes: fc.nat({ max: 2 ** 31 }),
      cutBytes: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    }),
  )
  .map((lines) => lines.toSorted((left, right) => left.ms - right.ms))

function linesOf(index: Uint8Array, lastMs: number): IndexedLine[] {
  const { length, ms, lane, isContinued, textBytes, cutBytes } = readLineIndex(index, lastMs)
  return Array.from({ length }, (_, at) => ({
    ms: ms[at]!,
    lane: lane[at]!,
    isContinued: isContinued[at] === 1,
    textBytes: textBytes[at]!,
    cutBytes: cutBytes[at]!,
  }))
}

test('lines are read as they were written, whatever block came before', () => {
  fc.assert(
    fc.property(indexedLines, (lines) => {
      const lastMs = lines[0]?.ms ?? 0
      expect(linesOf(writeLineIndex(lines, lastMs), lastMs)).toEqual(lines)
    }),
  )
})

test('an index of many lines is written whole', () => {
  const lines = Array.from({ length: 5000 }, (_, at) => ({
    ms: 1000 * at,
    lane: 1,
    isContinued: false,
    textBytes: 300,
    cutBytes: 0,
  }))
  expect(linesOf(writeLineIndex(lines, 0), 0)).toEqual(lines)
})

test('an index that is cut short anywhere is refused', () => {
  const whole = writeLineIndex([{ ms: 1000, lane: 3, isContinued: true, textBytes: 200, cutBytes: 0 }], 0)
  for (let length = 0; length < whole.length; length++) {
    expect(() => readLineIndex(whole.subarray(0, length), 0)).toThrow('The index of the lines is cut short')
  }
})
