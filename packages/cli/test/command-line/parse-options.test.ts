import { describe, expect, test } from 'vitest'
import type { Option } from '../../src/command-line/option.ts'
import { parseOptions } from '../../src/command-line/parse-options.ts'
import { UsageError } from '../../src/command-line/usage-error.ts'
import { choice, text } from '../../src/command-line/values.ts'

const name = {
  kind: 'valued',
  name: 'name',
  short: 'n',
  value: text('NAME', 'a name'),
  summary: '',
  detail: '',
} as const
const size = {
  kind: 'valued',
  name: 'size',
  value: choice('SIZE', ['big', 'small']),
  summary: '',
  detail: '',
} as const
const loud = { kind: 'switch', name: 'loud', short: 'l', opposite: 'quiet', summary: '', detail: '' } as const
const options: Option[] = [name, size, loud]

function parse(words: string[], isLeading = false) {
  return parseOptions(words, { options, isLeading, unknown: (flag) => new UsageError(`unknown ${flag}`) })
}

describe('a value', () => {
  test.each([
    ['behind its option', ['--name', 'api']],
    ['behind an =', ['--name=api']],
    ['behind the short form', ['-n', 'api']],
    ['attached to the short form', ['-napi']],
  ])('stands %s', (_, words) => {
    const { values, operands } = parse([...words, 'rest'])
    expect(values.last(name)).toBe('api')
    expect(operands).toEqual(['rest'])
  })

  test('may have an = in it, be a dash, or be what looks like an unknown option', () => {
    expect(parse(['--name=a=b']).values.last(name)).toBe('a=b')
    expect(parse(['--name', '-']).values.last(name)).toBe('-')
    expect(parse(['--name', '--xyz']).values.last(name)).toBe('--xyz')
  })

  test('that is given again: the last counts, and all are there', () => {
    const { values } = parse(['-na', '--name', 'b'])
    expect(values.last(name)).toBe('b')
    expect(values.all(name)).toEqual(['a', 'b'])
  })

  test.each([
    ['is missing at the end', ['--name'], '--name needs a value: a name'],
    ['is missing before --', ['-n', '--', 'x'], '-n needs a value: a name'],
    ['is missing before a value of nothing', ['--name', ''], "--name must be a name, not ''"],
    [
      'is missing before another option',
      ['--name', '--loud'],
      "--name needs a value, and '--loud' is an option; if it is the value, write --name='--loud'",
    ],
    [
      'is missing before another option with a value of its own',
      ['-n', '--size=big'],
      "-n needs a value, and '--size=big' is an option; if it is the value, write --name='--size=big'",
    ],
    ['is none of those there are', ['--size', 'huge'], "--size must be big or small, not 'huge'"],
    ['belongs to a switch', ['--loud=yes'], "--loud takes no value, and was given 'yes'"],
    ['belongs to a short switch', ['-lx'], "-l takes no value, and was given 'x'"],
  ])('that %s is refused', (_, words, why) => {
    expect(() => parse(words)).toThrow(new UsageError(why))
  })

  test('that looks like an option is taken behind an =', () => {
    expect(parse(['--name=--loud']).values.last(name)).toBe('--loud')
  })
})

describe('a switch', () => {
  test('is off until it is given, and the last of it and its opposite counts', () => {
    expect(parse([]).values.isOn(loud)).toBe(false)
    expect(parse(['-l']).values.isOn(loud)).toBe(true)
    expect(parse(['--loud', '--quiet']).values.isOn(loud)).toBe(false)
    expect(parse(['--quiet', '--loud']).values.isOn(loud)).toBe(true)
  })
})

describe('operands', () => {
  test('stand anywhere among the options, and -- makes operands of the rest', () => {
    const { values, operands } = parse(['a', '--loud', '-', 'b', '--', '--size', '--'])
    expect(operands).toEqual(['a', '-', 'b', '--size', '--'])
    expect(values.isOn(loud)).toBe(true)
  })

  test('end the options where they have to come first', () => {
    const { values, operands } = parse(['--loud', 'make', '--size', '--', '-x'], true)
    expect(operands).toEqual(['make', '--size', '--', '-x'])
    expect(values.has(size)).toBe(false)
  })

  test('may be empty words', () => {
    expect(parse(['', '--loud']).operands).toEqual([''])
    expect(parse(['', '--loud'], true).operands).toEqual(['', '--loud'])
  })
})

describe('an unknown option', () => {
  test.each([
    ['--xyz', '--xyz'],
    ['--xyz=1', '--xyz'],
    ['-x', '-x'],
    ['-xyz', '-xyz'],
    // Else this would be `-n` with the value `ame`.
    ['-name', '-name'],
  ])('%s is refused as %s', (word, flag) => {
    expect(() => parse([word, 'value'])).toThrow(new UsageError(`unknown ${flag}`))
  })
})
