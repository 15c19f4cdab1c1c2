import fc from 'fast-check'
import { expect, test } from 'vitest'
import { niceDurationMs } from '../../src/drawing/nice-duration.ts'

test.each([
  [0, 1],
  [1, 1],
  [3, 5],
  [501, 1000],
  [11_000, 15_000],
  [31_000, 60_000],
  [3_600_001, 7_200_000],
  [13 * 3_600_000, 86_400_000],
  [21 * 86_400_000, 50 * 86_400_000],
])('of at least %i ms the next round duration is %i ms', (atLeastMs, ms) => {
  expect(niceDurationMs(atLeastMs)).toBe(ms)
})

test('a round duration is at least what was asked for, less than three times that, and itself its own', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e15, noNaN: true }), (atLeastMs) => {
      const ms = niceDurationMs(atLeastMs)
      expect(ms).toBeGreaterThanOrEqual(atLeastMs)
      expect(ms).toBeLessThan(3 * atLeastMs)
      expect(niceDurationMs(ms)).toBe(ms)
    }),
  )
})
