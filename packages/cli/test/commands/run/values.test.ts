import { describe, expect, test } from 'vitest'
import { assignment, commandName, count, duration } from '../../../src/commands/run/values.ts'

describe('how long a timer waits', () => {
  test('is at most what a timer can wait', () => {
    const { read } = duration('TIME', 1)
    expect(read('2147483647ms')).toBe(2_147_483_647)
    expect(read('2147483648ms')).toBeUndefined()
    expect(read('596h')).toBe(2_145_600_000)
    expect(read('597h')).toBeUndefined()
    expect(read('0')).toBeUndefined()
    expect(read('0.4ms')).toBeUndefined()
    expect(duration('TIME', 0).read('0')).toBe(0)
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
