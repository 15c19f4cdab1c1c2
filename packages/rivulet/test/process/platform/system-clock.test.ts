import { expect, test } from 'vitest'
import { SystemClock } from '../../../src/process/platform/system-clock.ts'

test('the time is read once in a second, goes on in between, and is never ahead', () => {
  const reads: string[] = ['100.29 1.00', '101.31 1.00']
  let nowMs = 5000
  const clock = new SystemClock(
    () => reads.shift() ?? '',
    () => nowMs,
  )
  expect(clock.uptimeHundredths()).toBe(10_029)
  nowMs += 9.9
  expect(clock.uptimeHundredths()).toBe(10_029)
  nowMs += 0.1
  expect(clock.uptimeHundredths()).toBe(10_030)
  nowMs += 990
  expect(clock.uptimeHundredths()).toBe(10_129)
  nowMs += 1
  expect(clock.uptimeHundredths()).toBe(10_131)
})
