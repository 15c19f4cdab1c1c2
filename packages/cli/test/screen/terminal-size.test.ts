import { expect, test } from 'vitest'
import { terminalSize } from '../../src/screen/terminal-size.ts'

test.each([
  [
    { columns: 100, rows: 30 },
    { columns: 100, rows: 30 },
  ],
  [
    { columns: 0, rows: 0 },
    { columns: 80, rows: 24 },
  ],
  [{}, { columns: 80, rows: 24 }],
])('a terminal that says %j has %j', (said, size) => {
  expect(terminalSize(said)).toEqual(size)
})
