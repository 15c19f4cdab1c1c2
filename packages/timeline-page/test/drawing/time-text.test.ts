import { expect, test } from 'vitest'
import { durationText, elapsedText } from '../../src/drawing/time-text.ts'

test.each([
  [0, 1000, '0 s'],
  [8_250, 10, '8.25 s'],
  [8_250, 1, '8.250 s'],
  [8_250, 100, '8.3 s'],
  [59_999.6, 1, '1:00.000'],
  [188_000, 1000, '3:08'],
  [3_788_250, 1, '1:03:08.250'],
  [90_061_000, 60_000, '25:01:01'],
  [3 * 86_400_000, 86_400_000, '3 d'],
  [-40, 10, '−0.04 s'],
])('%d ms after the start, on an axis with a mark every %d ms, is %s', (ms, stepMs, text) => {
  expect(elapsedText(ms, stepMs)).toBe(text)
})

test.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [9_949, '9.9 s'],
  [9_951, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min'],
  [188_000, '3 min 8 s'],
  [3_600_000, '1 h'],
  [18_120_000, '5 h 2 min'],
  [184_000_000, '2 d 3 h'],
])('%d ms take %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})
