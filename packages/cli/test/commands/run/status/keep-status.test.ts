import { expect, test } from 'vitest'
import { isForeground } from '../../../../src/commands/run/status/keep-status.ts'

test.each([
  ['7 (node) S 1 7 7 34816 7 0', true],
  ['7 (a) b (c) S 1 7 7 34816 7 0', true],
  ['7 (node) S 1 7 3 34816 3 0', false],
  ['7 (node) S 1 7 3 0 -1 0', true],
])('of %j the terminal is ours: %j', (stat, isOurs) => {
  expect(isForeground(stat)).toBe(isOurs)
})
