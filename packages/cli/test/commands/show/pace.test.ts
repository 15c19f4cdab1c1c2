import { expect, test } from 'vitest'
import { Pace } from '../../../src/commands/show/pace.ts'

test.each([
  [1, [0, 100, 1_000]],
  [2, [0, 50, 500]],
  [0.5, [0, 200, 2_000]],
])('at speed %d what came after 0, 100 and 1000 ms is due after %j', (speed, due) => {
  const pace = new Pace(speed)
  expect([0, 100, 1_000].map((ms) => pace.delayMs(5_000 + ms, 70))).toEqual(due)
})

test('the time that was spent already is not waited for', () => {
  const pace = new Pace(1)
  expect(pace.delayMs(5_000, 70)).toBe(0)
  expect(pace.delayMs(5_100, 130)).toBe(40)
})

test('what is late is due at once, and what comes then is not late for it', () => {
  const pace = new Pace(1)
  pace.delayMs(5_000, 0)
  expect(pace.delayMs(5_100, 1_000)).toBe(0)
  expect(pace.delayMs(6_000, 1_000)).toBe(0)
  expect(pace.delayMs(6_100, 1_000)).toBe(100)
})

test('what was recorded before the first, by a clock that was set back, is due at once', () => {
  const pace = new Pace(1)
  pace.delayMs(5_000, 0)
  expect(pace.delayMs(4_000, 0)).toBe(0)
})
