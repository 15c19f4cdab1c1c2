import { expect, test } from 'vitest'
import { TerminalScreen } from './terminal-screen.ts'

test.each([
  ['a\r\nb', 'a\nb'],
  ['abc\rx', 'xbc'],
  ['abc\rx\u001b[K', 'x'],
  ['abc\b\bX', 'aXc'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['a\n b', 'a\n  b'],
])('after %j a person sees %j', (bytes, seen) => {
  const whole = new TerminalScreen()
  whole.write(bytes)
  const cut = new TerminalScreen()
  for (const byte of bytes) cut.write(byte)
  expect([whole.text, cut.text]).toEqual([seen, seen])
})
