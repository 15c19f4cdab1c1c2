import { expect, test } from 'vitest'
import { commandText, nameText } from '../../src/timeline/command-text.ts'

test('a command is written as a shell would read it, and cut where it goes on and on', () => {
  expect(commandText(['sh', '-c', `echo "it's"`, ''])).toBe(`sh -c 'echo "it'\\''s"' ''`)
  expect(commandText(['x'.repeat(9000)]).length).toBe(2001)
})

test('a name is cut too, and misleads no eye', () => {
  expect(nameText('n'.repeat(9000)).length).toBe(201)
  expect(nameText('a\u202eb')).toBe('a<U+202E>b')
})
