import { describe, expect, test } from 'vitest'
import { factor, moment, pattern } from '../../../src/commands/show/values.ts'

const { read } = moment('TIME')

describe('a moment', () => {
  test.each([
    ['30', 30_000],
    ['0', 0],
    ['2m', 120_000],
    ['1000h', 3_600_000_000],
  ])('%s is from the start', (text, ms) => {
    expect(read(text)).toEqual({ kind: 'start', ms })
  })

  test.each([
    ['2026-01-31T09:30:00Z', Date.UTC(2026, 0, 31, 9, 30)],
    ['2026-01-31 09:30Z', Date.UTC(2026, 0, 31, 9, 30)],
    ['2026-01-31T09:30:15.5Z', Date.UTC(2026, 0, 31, 9, 30, 15, 500)],
    ['2026-01-31T09:30:15.123+02:00', Date.UTC(2026, 0, 31, 7, 30, 15, 123)],
    ['2026-01-01T00:00-05:30', Date.UTC(2026, 0, 1, 5, 30)],
    ['2024-02-29T23:59:59.999Z', Date.UTC(2024, 1, 29, 23, 59, 59, 999)],
  ])('%s is a date with a zone', (text, ms) => {
    expect(read(text)).toEqual({ kind: 'epoch', ms })
  })

  test.each([
    ['2026-01-31', new Date(2026, 0, 31)],
    ['2026-07-31T09:30', new Date(2026, 6, 31, 9, 30)],
    ['2026-07-31 23:59:59', new Date(2026, 6, 31, 23, 59, 59)],
  ])('%s is by the local clock', (text, date) => {
    expect(read(text)).toEqual({ kind: 'epoch', ms: date.getTime() })
  })

  test.each([
    '',
    'yesterday',
    '2026-02-30',
    '2025-02-29T00:00Z',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '2026-01-31T24:00',
    '2026-01-31T09:60',
    '2026-01-31T9:30',
    '2026-01-31Z',
    '2026-01-31T09:30+25:00',
    '2026-01-31T09:30:00.1234Z',
    ' 2026-01-31',
    '12:00',
  ])('is not %j', (text) => {
    expect(read(text)).toBeUndefined()
  })
})

describe('a factor', () => {
  test.each([
    ['1', 1],
    ['0.5', 0.5],
    ['100', 100],
  ])('%s', (text, number) => {
    expect(factor('N').read(text)).toBe(number)
  })

  test.each(['0', '0.0', '-1', '2x', '', 'Infinity', 'NaN', '1e3', '.5', '9'.repeat(400)])('is not %j', (text) => {
    expect(factor('N').read(text)).toBeUndefined()
  })
})

describe('a pattern', () => {
  test('is a regular expression', () => {
    expect(pattern('REGEXP').read('a|b')).toEqual(/a|b/)
    expect(pattern('REGEXP').read('/usr/')).toEqual(/\/usr\//)
    expect(pattern('REGEXP').read('')).toBeUndefined()
    expect(() => pattern('REGEXP').read('(')).toThrow(SyntaxError)
  })
})
