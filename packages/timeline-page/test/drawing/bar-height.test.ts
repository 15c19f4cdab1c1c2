import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barHeightPx } from '../../src/drawing/bar-height.ts'

test('what has lines is seen, what has more is no lower, and nothing is too high', () => {
  const counts = fc.integer({ min: 1, max: 1_000_000 })
  fc.assert(
    fc.property(counts, counts, (one, other) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)]
      expect(barHeightPx(less, more, 40)).toBeGreaterThanOrEqual(2)
      expect(barHeightPx(more, more, 40)).toBeGreaterThanOrEqual(barHeightPx(less, more, 40))
      expect(barHeightPx(more, more, 40)).toBeLessThanOrEqual(40)
    }),
  )
})

test('no line is no bar, and a record of single lines has low ones', () => {
  expect(barHeightPx(0, 10, 40)).toBe(0)
  expect(barHeightPx(1, 1, 40)).toBeLessThan(20)
})
