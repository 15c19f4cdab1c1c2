import { expect, test } from 'vitest'
import { stamp } from '../../src/present/stamp.ts'
import { noon } from '../support/presented.ts'

test.each([
  ['time', '12:00:00.007'],
  ['iso', new Date(noon + 7).toISOString()],
  ['elapsed', '100:00:01.999'],
  ['delta', '   +0.020'],
] as const)('a stamp of the kind %s is %s', (kind, text) => {
  expect(stamp(kind, { t: noon + 7, elapsedMs: 360_001_999.9, deltaMs: 20 })).toBe(text)
})
