import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineBatches } from '../../../../src/process/internal/items/line-batches.ts'

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
