import { expect, test } from 'vitest'
import { readableCommand, readableLine, readableName } from '../../../src/timeline/scan/readable-text.ts'

test('a command is written as a shell would read it, and cut where it goes on and on', () => {
  expect(readableCommand(['sh', '-c', `echo "it's"`, ''])).toBe(`sh -c 'echo "it'\\''s"' ''`)
  expect(readableCommand(['x'.repeat(9000)]).length).toBe(2001)
})

test('a name is cut too, and misleads no eye', () => {
  expect(readableName('n'.repeat(9000)).length).toBe(201)
  expect(readableName('a\u202eb')).toBe('a<U+202E>b')
})

test.each([
  ['plain\ttext', 'plain\ttext'],
  ['\u001b[1;31mred\u001b[0m and \u001b[Kplain', 'red and plain'],
  ['\u001b[2Jcleared\u0007', '^[[2Jcleared^G'],
  ['\u202ereversed', '<U+202E>reversed'],
])('%j is read as %j', (text, readable) => {
  expect(readableLine(text)).toBe(readable)
})
