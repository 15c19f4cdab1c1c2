import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binMsFor, binsOf, fullestBin } from '../../src/chart/bins.ts'
import { OmittedCounts } from '../../src/record/omitted-counts.ts'
import { laneOf } from '../support/lanes.ts'

const sortedTimes = fc
  .array(fc.nat(1000), { minLength: 1 })
  .map((times) => times.toSorted((left, right) => left - right))

describe('bins', () => {
  test('are of a round length and wide enough to be seen apart', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), (msPerPx) => {
        expect(binMsFor(msPerPx) / msPerPx).toBeGreaterThanOrEqual(3)
      }),
    )
    expect(binMsFor(60)).toBe(200)
  })

  test('count each line once, in the bin of its time', () => {
    fc.assert(
      fc.property(sortedTimes, fc.integer({ min: 1, max: 50 }), (times, binMs) => {
        const { firstBin, counts } = binsOf(laneOf(times), binMs, -10, 1010)
        counts.forEach((count, bin) => {
          expect(count).toBe(times.filter((ms) => Math.floor(ms / binMs) === firstBin + bin).length)
        })
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(times.length)
        expect(fullestBin(laneOf(times), binMs)).toBe(Math.max(...counts))
      }),
    )
  })

  test('stay the same where the time that is shown moves', () => {
    const lane = laneOf([0, 12, 12, 13, 55, 90])
    const [before, after] = [binsOf(lane, 10, 0, 100), binsOf(lane, 10, 13, 100)]
    expect([...after.counts]).toEqual([...before.counts].slice(after.firstBin))
  })
})

describe('lines that are not kept', () => {
  const omitted = new OmittedCounts(100, { firstSlot: 2, counts: [10, 0, 20] })

  test('are in the bins too, spread over their slot', () => {
    expect([...binsOf(laneOf([201], omitted), 50, 150, 300).counts]).toEqual([0, 6, 5])
    expect(omitted.range).toEqual({ fromMs: 200, toMs: 500 })
  })

  test('count for the fullest bin, shorter or longer than their slots', () => {
    expect(fullestBin(laneOf([], omitted), 50)).toBe(10)
    expect(fullestBin(laneOf([], omitted), 100)).toBe(20)
    expect(fullestBin(laneOf([], omitted), 1000)).toBe(30)
  })
})
