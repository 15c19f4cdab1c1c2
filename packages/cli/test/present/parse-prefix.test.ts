import { describe, expect, test } from 'vitest'
import { parsePrefix } from '../../src/present/parse-prefix.ts'

describe('parsePrefix', () => {
  test('finds fields and text', () => {
    expect(parsePrefix('[{name}] ')).toEqual([{ text: '[' }, { field: 'name' }, { text: '] ' }])
    expect(parsePrefix('{{{pid}}}')).toEqual([{ text: '{' }, { field: 'pid' }, { text: '}' }])
    expect(parsePrefix('')).toEqual([])
  })

  test.each(['{nmae}', '{}', '{', '}', '{Name}', '{ name }'])('refuses %s with the list', (template) => {
    expect(() => parsePrefix(template)).toThrow(
      `'${template}' is not a field; there are {name}, {stream}, {time}, {iso}, {elapsed}, {delta}, {pid}, and {{ or }} for a brace`,
    )
  })

  test.each(['a\nb', '\u001b[31m', '\r', '\u202e'])('refuses the control in %j', (template) => {
    expect(() => parsePrefix(template)).toThrow(RangeError)
    expect(() => parsePrefix(template)).toThrow(/^there is a control character in it, and only a tab is allowed$/)
  })
})
