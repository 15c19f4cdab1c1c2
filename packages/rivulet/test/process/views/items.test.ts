import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineBatches, utf8Text } from '../../../src/process/views/items.ts'

const words = ['a', 'a line of a log', 'größer', '😀', '\n', '\n', '\r\n'].map((word) => [...Buffer.from(word)])
const parts = fc.array(fc.constantFrom(...words, [0xff], [0xe2, 0x82]), { minLength: 1, maxLength: 30 })

/** The lines of a text that begins with no byte order mark. */
function linesOf(text: string): string[] {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  return [...lines.map((line) => line.replace(/\r$/, '')), ...(last === '' ? [] : [last])]
}

test('chunks of any size give the lines of what a TextDecoder makes of the whole, in batches that are not empty', () => {
  const bytes = fc.integer({ min: 1, max: 100_000 })
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 1500 }), bytes, (some, times, chunkBytes) => {
      const whole = Buffer.alloc(some.flat().length * times, Uint8Array.from(some.flat()))
      const items = lineBatches({})
      const batches: string[][] = []
      for (let at = 0; at < whole.length; at += chunkBytes) {
        batches.push(...items.push(whole.subarray(at, at + chunkBytes)))
      }
      batches.push(...items.end())
      expect(batches.every((batch) => batch.length > 0)).toBe(true)
      // Compared here: to show how long texts differ takes minutes.
      expect(batches.flat().join('\n') === linesOf(new TextDecoder().decode(whole)).join('\n')).toBe(true)
    }),
    { numRuns: 150 },
  )
})

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const texts = {
  ASCII: ['a', 'line of a log', '\n', '\r\n', '\0', '\x7f'],
  'what is not ASCII': ['a', 'é', '€', '😀', '\uFEFF', '日本語', '\n'],
}

test.each(Object.entries(texts))('the text of %s is what a TextDecoder makes of it, however long', (_, words) => {
  const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 20 }).map((some) => some.join(''))
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 2000 }), (part, times) => {
      const bytes = new TextEncoder().encode(part.repeat(times))
      // Compared here: to show how long texts differ takes minutes.
      expect(utf8Text(bytes) === decoder.decode(bytes)).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('what is not UTF-8 becomes U+FFFD as a TextDecoder does it, in whatever is around it', () => {
  const bad = fc.constantFrom([0xff], [0x80], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80])
  fc.assert(
    fc.property(
      bad,
      fc.constantFrom('line\n', 'größer\n', '😀'),
      fc.nat(3000),
      fc.nat(3000),
      (bytes, word, from, to) => {
        const encoder = new TextEncoder()
        const whole = Uint8Array.from([
          ...encoder.encode(word.repeat(from)),
          ...bytes,
          ...encoder.encode(word.repeat(to)),
        ])
        expect(utf8Text(whole) === decoder.decode(whole)).toBe(true)
      },
    ),
    { numRuns: 200 },
  )
})

test('a part of a buffer is read from where it begins', () => {
  const whole = Buffer.from(`${'x'.repeat(100)}${'y'.repeat(5000)}${'é'.repeat(5000)}`)
  expect(utf8Text(whole.subarray(100, 5100))).toBe('y'.repeat(5000))
  expect(utf8Text(new Uint8Array(whole).subarray(5100))).toBe('é'.repeat(5000))
})
