import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textWidth, textWithin } from '../../src/present/text-width.ts'

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

test.each([
  ['a flag', '\u{1f1e9}\u{1f1ea}', 2],
  ['several flags', '\u{1f1e9}\u{1f1ea}\u{1f1eb}\u{1f1f7}', 4],
  ['the flag of a region', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}', 2],
  ['a syllable of Hangul, decomposed', '\u1112\u1161\u11ab', 2],
  ['a text symbol', '\u2764', 1],
  ['a text symbol shown as emoji', '\u2764\ufe0f', 2],
  ['a keycap', '1\ufe0f\u20e3', 2],
  ['a family', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}', 2],
  ['a couple with a heart', '\u{1f469}\u200d\u2764\ufe0f\u200d\u{1f468}', 2],
  ['a skin tone', '\u{1f44d}\u{1f3fd}', 2],
  ['a skin tone of a text symbol', '\u261d\u{1f3fd}', 2],
  ['a tone that follows a letter', 'a\u{1f3fd}', 3],
  ['combining marks without a letter', '\u0301\u0302', 0],
  ['a combining mark of kana', '\u304b\u3099', 2],
  ['a vowel sign that takes room', '\u0928\u093f', 2],
  ['a soft hyphen', 'a\u00adb', 2],
])('%s, %j, takes the columns that terminals give it: %i', (_, text, columns) => {
  expect(textWidth(text)).toBe(columns)
  expect(textWidth(`a${text}b`)).toBe(columns + 2)
})

test('what is within some columns is as much as fits, and parts no character that is joined', () => {
  expect(textWithin('make', 3)).toBe('mak')
  expect(textWithin('make', -1)).toBe('')
  expect(textWithin('日本語', 5)).toBe('日本')
  expect(textWithin('a\u{1f1e9}\u{1f1ea}', 2)).toBe('a')
  expect(textWithin('gro\u0308ße', 3)).toBe('gro\u0308')
  expect(textWithin('日本語', -1)).toBe('')
})

test('whatever the text, what is within some columns is its longest beginning that is no wider', () => {
  const character = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
    fc.constantFrom('\u{1f1e9}', '\u200d', '\ufe0f', '\u{1f468}', '\u0301', '\u1161', '\u1112'),
  )
  fc.assert(
    fc.property(fc.array(character), fc.integer({ min: 0, max: 20 }), (characters, columns) => {
      const text = characters.join('')
      const within = textWithin(text, columns)
      expect(text.startsWith(within)).toBe(true)
      expect(textWidth(within)).toBeLessThanOrEqual(columns)
      if (textWidth(text) <= columns) expect(within).toBe(text)
    }),
  )
})

test('plain text takes as many columns as it has characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      expect(textWidth(text)).toBe(text.length)
    }),
  )
})
