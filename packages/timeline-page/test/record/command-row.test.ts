import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OmittedCounts } from '../../src/record/omitted-counts.ts'
import { laneOf, rowOf } from '../support/lanes.ts'

describe('the silences of a row', () => {
  const row = rowOf(laneOf([100, 110, 500]), laneOf([300]), [
    { startMs: 0, endMs: 600 },
    { startMs: 1000, endMs: 1500 },
  ])

  test('are between the lines of both streams, from the start and until the end of what runs', () => {
    expect(row.silencesBetween(0, 2000, 99)).toEqual([
      { fromMs: 0, toMs: 100 },
      { fromMs: 110, toMs: 300 },
      { fromMs: 300, toMs: 500 },
      { fromMs: 500, toMs: 600 },
      { fromMs: 1000, toMs: 1500 },
    ])
  })

  test('are whole also where only a part of them is looked at', () => {
    expect(row.silencesBetween(1200, 1300, 50)).toEqual([{ fromMs: 1000, toMs: 1500 }])
    expect(row.silencesBetween(700, 900, 50)).toEqual([])
  })

  test('are found at a time, but not where nothing runs', () => {
    expect(row.silenceAt(200)).toEqual({ fromMs: 110, toMs: 300 })
    expect(row.silenceAt(800)).toBeUndefined()
    expect(row.silenceAt(1200)).toEqual({ fromMs: 1000, toMs: 1500 })
  })

  test('end where nothing is known of the lines any more', () => {
    const omitted = new OmittedCounts(100, { firstSlot: 3, counts: [1] })
    const cut = rowOf(laneOf([10], omitted), laneOf([]), [{ startMs: 0, endMs: 1000 }])
    expect(cut.silencesBetween(0, 1000, 50)).toEqual([{ fromMs: 10, toMs: 300 }])
    expect(cut.silenceAt(700)).toBeUndefined()
  })

  test('are those that looking at every line gives', () => {
    const times = fc.array(fc.nat(300)).map((all) => all.toSorted((left, right) => left - right))
    fc.assert(
      fc.property(times, times, fc.nat(60), (out, err, thanMs) => {
        const all = [0, ...out, ...err, 300].toSorted((left, right) => left - right)
        const expected = all.flatMap((toMs, at) => {
          const fromMs = all[at - 1] ?? toMs
          return toMs - fromMs > thanMs ? [{ fromMs, toMs }] : []
        })
        const found = rowOf(laneOf(out), laneOf(err), [{ startMs: 0, endMs: 300 }])
        expect(found.silencesBetween(0, 300, thanMs)).toEqual(expected)
      }),
    )
  })
})
