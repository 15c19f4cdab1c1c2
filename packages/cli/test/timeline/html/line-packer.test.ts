import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LinePacker } from '../../../src/timeline/html/line-packer.ts'
import { LineTable } from '../../../../timeline-page/src/record/line-table.ts'
import { timelineLimits, type TimelineLimits } from '../../../src/timeline/timeline-limits.ts'
import type { TimelineLine } from '../../../src/timeline/scan/line-assembler.ts'

function packed(lines: readonly TimelineLine[], limits: Partial<TimelineLimits> = {}): ReturnType<LinePacker['close']> {
  const packer = new LinePacker({ ...timelineLimits, ...limits })
  for (const line of lines) packer.add(line)
  return packer.close()
}

/** The lines as the page finds them. */
function unpacked({ blocks, keptLines }: ReturnType<LinePacker['close']>, lanes: number): TimelineLine[] {
  const table = new LineTable(keptLines, lanes)
  for (const { index } of blocks) table.append(gunzipSync(index))
  const texts = blocks.map((block) => gunzipSync(block.texts))
  return Array.from({ length: table.length }, (_, id) => {
    const { block, fromByte, toByte } = table.textPlaceOf(id)
    return {
      ms: table.msOf(id),
      lane: table.laneOf(id),
      text: texts[block]!.subarray(fromByte, toByte).toString(),
      cutBytes: table.cutBytesOf(id),
      isContinued: table.isContinued(id),
    }
  })
}

const line = (ms: number, text = 'x', lane = 0): TimelineLine => ({ ms, lane, text, cutBytes: 0, isContinued: false })

describe('packed lines', () => {
  test('are found again in the page, whatever they are', () => {
    const lines = fc.array(
      fc.record({
        ms: fc.nat(2 ** 45),
        lane: fc.nat(399),
        text: fc.string({ unit: 'grapheme' }),
        cutBytes: fc.oneof(fc.constant(0), fc.nat()),
        isContinued: fc.boolean(),
      }),
    )
    fc.assert(
      fc.property(lines, (unsorted) => {
        const sorted = unsorted.toSorted((left, right) => left.ms - right.ms)
        expect(unpacked(packed(sorted), 400)).toEqual(sorted)
      }),
    )
  })

  test('are found again in several blocks', () => {
    const lines = Array.from({ length: 40_000 }, (_, at) => line(at, `line ${at}`, at % 3))
    const found = packed(lines)
    expect(found.blocks).toHaveLength(3)
    expect(unpacked(found, 3)).toEqual(lines)
  })

  test('keep their places where a text ends with half of a character and the next begins with half of one', () => {
    const lines = [line(0, 'a\ud83d'), line(0, '\ude00b'), line(0, 'after')]
    expect(unpacked(packed(lines), 1).map(({ text }) => text)).toEqual(['a\ufffd', '\ufffdb', 'after'])
  })

  test('keep their places in a block that a long text makes larger than others', () => {
    const lines = [line(0, 'ü'.repeat(2_000_000)), line(1, 'after')]
    expect(unpacked(packed(lines), 1)).toEqual(lines)
  })
})

describe('lines over a limit', () => {
  test('are counted by lane and time where there are too many', () => {
    const lines = Array.from({ length: 10 }, (_, at) => line(at, 'x', at % 2))
    const found = packed(lines, { maxLines: 6 })
    expect(unpacked(found, 2)).toEqual(lines.slice(0, 6))
    expect(found.omitted).toEqual({
      lines: 4,
      slotMs: 1,
      lanes: [
        { lane: 0, firstSlot: 6, counts: [1, 0, 1] },
        { lane: 1, firstSlot: 7, counts: [1, 0, 1] },
      ],
    })
  })

  test('are counted where what is kept takes too much room, by less than a block', () => {
    // A character of each is not like the others.
    const lines = Array.from({ length: 100_000 }, (_, at) => line(at, `${at}`))
    const { keptLines, omitted, blocks } = packed(lines, { maxPackedBytes: 100_000 })
    const bytes = blocks.map(({ index, texts }) => index.length + texts.length)
    const allBytes = bytes.reduce((sum, one) => sum + one, 0)
    expect(allBytes).toBeGreaterThanOrEqual(100_000)
    expect(allBytes - bytes.at(-1)!).toBeLessThan(100_000)
    expect(keptLines + omitted.lines).toBe(100_000)
    expect(omitted.lines).toBeGreaterThan(0)
  })

  test('have slots of one length, however far apart they are', () => {
    const { omitted } = packed([line(0), line(5, 'x', 0), line(2 ** 30, 'x', 1)], { maxLines: 1 })
    expect(omitted.lanes.map(({ firstSlot }) => firstSlot * omitted.slotMs)).toEqual([0, 2 ** 30])
  })
})
