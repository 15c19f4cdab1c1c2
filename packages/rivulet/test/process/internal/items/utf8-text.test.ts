import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8Text } from '../../../../src/process/internal/items/utf8-text.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const parts = {
  ASCII: ['a', 'line of a log', '\n', '\r\n', '\0', '\x7f'],
  'what is not ASCII': ['a', 'é', '€', '😀', '\uFEFF', '日本語', '\n'],
}

test.each(Object.entries(parts))('the text of %s is what a TextDecoder makes of it, however long', (_, words) => {
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
