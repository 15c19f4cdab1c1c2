import { expect, test } from 'vitest'
import { visible } from '../../src/text/visible.ts'

test('visible writes out what a terminal acts upon, and leaves newlines and tabs', () => {
  expect(visible('\0\u0007\u001b[2J\r\u007f')).toBe('^@^G^[[2J^M^?')
  expect(visible('\u0085\u2028\u202e\u2069')).toBe('<U+0085><U+2028><U+202E><U+2069>')
  expect(visible('\u061c\u200e\u200f')).toBe('<U+061C><U+200E><U+200F>')
  expect(visible('a\n\tb\u00a0\u200d\u2027\u202f\u2065\u206a')).toBe('a\n\tb\u00a0\u200d\u2027\u202f\u2065\u206a')
})
