import { expect, test } from 'vitest'
import { textWidth } from '../../src/present/text-width.ts'

test.each([
  ['', 0],
  ['make', 4],
  ['größe', 5],
  ['gro\u0308ße', 5],
  ['日本語', 6],
  ['ｆ', 2],
  ['ﾊ', 1],
  ['한', 2],
  ['🎉', 2],
  ['a\u200db', 2],
  ['…→', 2],
])('%s takes %i columns', (text, columns) => {
  expect(textWidth(text)).toBe(columns)
})
