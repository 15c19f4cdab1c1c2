import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Density } from '../../../src/timeline/scan/density.ts'

test('counts what comes, in slots that become twice as long when the time does not fit', () => {
  const density = new Density(4)
  density.add(0, 1)
  density.add(3, 1)
  expect([density.slotMs, density.countsAt(1)]).toEqual([1, [1, 0, 0, 1]])
  density.add(9, 5)
  expect([density.slotMs, density.countsAt(4)]).toEqual([4, [2, 0, 5]])
})

test('whatever comes, each count is that of its slot, and there are no more slots than were asked for', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2 ** 40)), fc.integer({ min: 2, max: 33 }), (times, slots) => {
      const density = new Density(slots)
      for (const ms of times) density.add(ms, 1)
      const counts = density.countsAt(density.slotMs)
      expect(counts.length).toBeLessThanOrEqual(slots)
      counts.forEach((count, slot) => {
        expect(count).toBe(times.filter((ms) => Math.floor(ms / density.slotMs) === slot).length)
      })
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(times.length)
    }),
  )
})
