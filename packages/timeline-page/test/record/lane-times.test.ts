import fc from 'fast-check'
import { expect, test } from 'vitest'
import { laneOf } from '../support/lanes.ts'

const sortedTimes = fc.array(fc.nat(60)).map((times) => times.toSorted((left, right) => left - right))

test('whatever the lines, looking one up gives what looking at all of them gives', () => {
  fc.assert(
    fc.property(sortedTimes, fc.integer({ min: -5, max: 65 }), fc.nat(20), (all, ms, spanMs) => {
      const { times } = laneOf(all)
      expect(times.countBetween(ms, ms + spanMs)).toBe(all.filter((one) => one >= ms && one < ms + spanMs).length)
      expect(times.nextAfter(ms)).toBe(all.find((one) => one > ms) ?? Infinity)
      expect(times.lastUntil(ms)).toBe(all.findLast((one) => one <= ms) ?? -Infinity)
      const nearest = times.nearest(ms)
      const leastDistance = Math.min(...all.map((one) => Math.abs(one - ms)))
      expect(nearest === undefined ? Infinity : Math.abs(times.msAt(nearest) - ms)).toBe(leastDistance)
    }),
  )
})

test('a position that is not there has no line and comes after all', () => {
  const { times } = laneOf([3])
  expect([times.idAt(1), times.msAt(1)]).toEqual([undefined, Infinity])
})
