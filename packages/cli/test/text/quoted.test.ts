import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quoted } from '../../src/text/quoted.ts'

describe('quoted', () => {
  test.each([
    ['make', "'make'"],
    ['', "''"],
    ['a\nb\tc\u001b[31m', "'a^Jb^Ic^[[31m'"],
    ['x'.repeat(60), `'${'x'.repeat(60)}'`],
    ['x'.repeat(61), `'${'x'.repeat(59)}…'`],
    ['🎉'.repeat(61), `'${'🎉'.repeat(59)}…'`],
  ])('shows %j', (text, shown) => {
    expect(quoted(text)).toBe(shown)
  })

  test('is one line without anything that a terminal acts upon', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(quoted(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })
})
