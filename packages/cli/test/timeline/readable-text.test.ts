import { expect, test } from 'vitest'
import { readableText } from '../../src/timeline/readable-text.ts'

test.each([
  ['plain\ttext', 'plain\ttext'],
  ['\u001b[1;31mred\u001b[0m and \u001b[Kplain', 'red and plain'],
  ['\u001b[2Jcleared\u0007', '^[[2Jcleared^G'],
  ['\u202ereversed', '<U+202E>reversed'],
])('%j is read as %j', (text, readable) => {
  expect(readableText(text)).toBe(readable)
})
