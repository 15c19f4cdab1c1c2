import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignment } from '../../../src/command-line/values/assignment.ts'
import { commandName } from '../../../src/command-line/values/command-name.ts'
import { count } from '../../../src/command-line/values/count.ts'
import { duration } from '../../../src/command-line/values/duration.ts'
import { factor } from '../../../src/command-line/values/factor.ts'
import { pattern } from '../../../src/command-line/values/pattern.ts'
import { readDuration } from '../../../src/command-line/values/read-duration.ts'

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

  test('of a timer is at most what a timer can wait', () => {
    const { read } = duration('TIME', 1)
    expect(read('2147483647ms')).toBe(2_147_483_647)
    expect(read('2147483648ms')).toBeUndefined()
    expect(read('596h')).toBe(2_145_600_000)
    expect(read('597h')).toBeUndefined()
    expect(read('0')).toBeUndefined()
    expect(read('0.4ms')).toBeUndefined()
    expect(duration('TIME', 0).read('0')).toBe(0)
  })

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

describe('a whole number', () => {
  test.each([
    ['1', 1],
    ['007', 7],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('%s', (text, number) => {
    expect(count('N', 1).read(text)).toBe(number)
  })

  test.each(['0', '', '-1', '+1', '1.0', '1e2', ' 1', '0x1', 'one', '9007199254740992'])('is not %j', (text) => {
    expect(count('N', 1).read(text)).toBeUndefined()
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

describe('the name of a command', () => {
  test.each(['api', 'web 2', '7', '_x', 'größe', 'a:b', 'x'.repeat(64), '日本'])('%s', (name) => {
    expect(commandName('NAME').read(name)).toBe(name)
  })

  test.each(['', '-x', '=api', ' api', 'api ', 'a\nb', 'a\u001b[31m', 'x'.repeat(65), '.', '{a}', 'a\u202e'])(
    'is not %j',
    (name) => {
      expect(commandName('NAME').read(name)).toBeUndefined()
    },
  )
})

describe('a variable', () => {
  test.each([
    ['A=1', ['A', '1']],
    ['A=', ['A', '']],
    ['A=b=c', ['A', 'b=c']],
    ['A=\n', ['A', '\n']],
  ])('%j', (text, pair) => {
    expect(assignment('KEY=VALUE').read(text)).toEqual(pair)
  })

  test.each(['', 'A', '=1'])('is not %j', (text) => {
    expect(assignment('KEY=VALUE').read(text)).toBeUndefined()
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
