import { expect, test } from 'vitest'
import { clockTime, shortClockTime } from '../../src/text/clock-time.ts'

test.each([
  [0, '00:00:00.000', '0:00'],
  [7_999.9, '00:00:07.999', '0:07'],
  [754_050, '00:12:34.050', '12:34'],
  [3_723_000, '01:02:03.000', '1:02:03'],
  [360_001_999, '100:00:01.999', '100:00:01'],
])('%d ms are %s, and %s in short', (ms, long, short) => {
  expect([clockTime(ms), shortClockTime(ms)]).toEqual([long, short])
})
