import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDuration } from '../../src/command-line/values.ts'

describe('a length of time', () => {
  test.each([
    ['30', 30_000],
    ['30s', 30_000],
    ['500ms', 500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['1.5s', 1500],
    ['0.25', 250],
    ['0', 0],
    ['0.0001s', 0],
  ])('of %s is %i ms', (text, ms) => {
    expect(readDuration(text)).toBe(ms)
  })

  test.each(['', 's', '-1', '1 s', '1S', '1d', '1e3', '.5', '1.', '0x10', 'Infinity', '1s1', '９', '9'.repeat(30)])(
    'is not %j',
    (text) => {
      expect(readDuration(text)).toBeUndefined()
    },
  )

  test('is written by any of its units', () => {
    fc.assert(
      fc.property(
        fc.nat(500),
        fc.constantFrom(...Object.entries({ ms: 1, s: 1000, m: 60_000, h: 3_600_000 })),
        (number, [unit, ms]) => {
          expect(readDuration(`${number}${unit}`)).toBe(number * ms)
        },
      ),
    )
  })
})
