import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LineSplitter } from '../../src/core/line-splitter.ts'

const encoder = new TextEncoder()

function split(chunks: readonly (string | Uint8Array)[], maxLineBytes?: number): string[] {
  const splitter = new LineSplitter(maxLineBytes === undefined ? {} : { maxLineBytes })
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()]
}

/** What the lines of a text are, said in the shortest way. */
function linesOf(text: string): string[] {
  const whole = text.startsWith('\uFEFF') ? text.slice(1) : text
  const lines = whole.split('\n')
  const last = lines.pop() ?? ''
  const ended = lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  return last === '' ? ended : [...ended, last]
}

/** How long each line is in bytes, without its end. */
function lineBytes(bytes: Uint8Array): number[] {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const found: number[] = []
  let length = 0
  bytes.slice(start).forEach((byte) => {
    if (byte === 10) found.push(length)
    length = byte === 10 ? 0 : length + 1
  })
  return [...found, length]
}

function cutAt<T extends string | Uint8Array>(whole: T, places: readonly number[]): T[] {
  const at = [...new Set(places.map((place) => place % (whole.length + 1)))].sort((a, b) => a - b)
  return [0, ...at].map((start, index) => whole.slice(start, at[index] ?? whole.length) as T)
}

const text = fc
  .array(fc.constantFrom('a', 'é', '€', '😀', '\n', '\r', '\r\n', '\uFEFF', '\0', '\u2028'), { maxLength: 30 })
  .map((parts) => parts.join(''))
const places = fc.array(fc.nat(), { maxLength: 12 })

/** Bytes as they come from programs: text with all kinds of line ends, and what is no UTF-8. */
const words = ['a', 'line', 'é', '€', '😀', '\n', '\r', '\r\n', '\uFEFF'].map((word) => [...encoder.encode(word)])
const badBytes = [[0xff], [0x80], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80]]
const output = fc
  .array(fc.constantFrom(...words, ...badBytes), { maxLength: 40 })
  .map((parts) => Uint8Array.from(parts.flat()))
const decoded = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

describe('LineSplitter', () => {
  test.each<[string, string[], string[]]>([
    ['a last line without a newline', ['a\nb'], ['a', 'b']],
    ['\\r\\n across chunks', ['a\r', '\nb\r', '\n'], ['a', 'b']],
    ['empty lines', ['\n\r\n\n'], ['', '', '']],
    ['nothing', ['', ''], []],
    ['a lone \\r', ['a\rb\n\r', 'c'], ['a\rb', '\rc']],
    ['a \\r at the end', ['a\r'], ['a\r']],
    ['a byte order mark at the start', ['\uFEFFa\n\uFEFFb'], ['a', '\uFEFFb']],
    ['a byte order mark alone', ['\uFEFF'], []],
    ['other line separators', ['a\u2028b\u0085c\vd'], ['a\u2028b\u0085c\vd']],
  ])('splits %s', (_, chunks, lines) => {
    expect(split(chunks)).toEqual(lines)
    expect(split(chunks.map((chunk) => encoder.encode(chunk)))).toEqual(lines)
  })

  test('every split of the bytes of a text gives the same lines', () => {
    fc.assert(
      fc.property(text, places, (whole, at) => {
        expect(split(cutAt(encoder.encode(whole), at))).toEqual(linesOf(whole))
      }),
      { numRuns: 2000 },
    )
  })

  test('every split of a string, between surrogates too, gives the same lines', () => {
    fc.assert(
      fc.property(text, places, (whole, at) => {
        expect(split(cutAt(whole, at))).toEqual(linesOf(whole))
      }),
      { numRuns: 2000 },
    )
  })

  test('a text with a BOM, a wide character and CRLF survives a cut at each of its bytes, and at all at once', () => {
    const bytes = encoder.encode('\uFEFFé😀\r\n€\n\nend')
    const expected = ['é😀', '€', '', 'end']
    for (let at = 0; at <= bytes.length; at++) expect(split([bytes.slice(0, at), bytes.slice(at)])).toEqual(expected)
    expect(split([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected)
  })

  test('gives the lines of what a TextDecoder makes of the whole, invalid UTF-8 too, however it is split', () => {
    const anyBytes = fc.uint8Array({ maxLength: 24 }).map((part) => part.map((byte) => (byte % 5 === 0 ? 10 : byte)))
    fc.assert(
      fc.property(fc.oneof(output, anyBytes), places, (whole, at) => {
        const lines = linesOf(decoded(whole))
        expect(split(cutAt(whole, at))).toEqual(lines)
        // The least limit that cuts no line: it is also the size of the parts in which a chunk is looked through.
        const longest = Math.max(4, ...lineBytes(whole))
        expect(split(cutAt(whole, at), longest)).toEqual(lines)
      }),
      { numRuns: 3000 },
    )
  })

  test('the pieces of longer lines are those lines, invalid UTF-8 too, however it is split', () => {
    fc.assert(
      fc.property(output, places, fc.integer({ min: 4, max: 12 }), (whole, at, maxLineBytes) => {
        const given = split(cutAt(whole, at), maxLineBytes)
        expect(given.join('')).toBe(linesOf(decoded(whole)).join(''))
        expect(given).toEqual(split([whole], maxLineBytes))
      }),
      { numRuns: 3000 },
    )
  })

  test('a chunk that is more than one text gives the same lines, wherever its lines end', () => {
    fc.assert(
      fc.property(output, fc.integer({ min: 1, max: 3 }), fc.nat(300_000), (part, head, at) => {
        const times = Math.ceil(200_000 / (part.length + 1))
        const body = Array.from({ length: times }, () => [...part, 10]).flat()
        const whole = Uint8Array.from([...encoder.encode('\uFEFF'.repeat(head)), ...body])
        const given = split(cutAt(whole, [at, 1]))
        // Compared here: to show how long texts differ takes minutes.
        expect(given.join('\n') === linesOf(decoded(whole)).join('\n')).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  test('a surrogate without its other half becomes U+FFFD', () => {
    expect(split(['a\ud83d', 'b\n'])).toEqual(['a\ufffdb'])
    expect(split(['a\ud83d'])).toEqual(['a\ufffd'])
    expect(split(['\ud83d', encoder.encode('b')])).toEqual(['\ufffdb'])
    expect(split(['\ude00\n'])).toEqual(['\ufffd'])
  })

  test('a longer line comes in pieces of at most maxLineBytes, cut between code points, and nothing is lost', () => {
    fc.assert(
      fc.property(text, places, fc.integer({ min: 4, max: 12 }), (whole, at, maxLineBytes) => {
        const given = split(cutAt(encoder.encode(whole), at), maxLineBytes)
        for (const line of given) {
          expect(encoder.encode(line).length).toBeLessThanOrEqual(maxLineBytes)
          expect(line).not.toContain('\ufffd')
        }
        expect(given.join('')).toBe(linesOf(whole).join(''))
      }),
      { numRuns: 2000 },
    )
  })

  test('the pieces are the same however it is split', () => {
    fc.assert(
      fc.property(text, places, fc.integer({ min: 4, max: 12 }), (whole, at, maxLineBytes) => {
        const bytes = encoder.encode(whole)
        expect(split(cutAt(bytes, at), maxLineBytes)).toEqual(split([bytes], maxLineBytes))
      }),
      { numRuns: 2000 },
    )
  })

  test('a line of exactly maxLineBytes is whole, its end not counted', () => {
    for (const end of ['\n', '\r\n', '']) expect(split([`abcd${end}`], 4)).toEqual(['abcd'])
    expect(split(['abcd', '\r', '\n', 'x'], 4)).toEqual(['abcd', 'x'])
    expect(split(['abcde\n'], 4)).toEqual(['abcd', 'e'])
  })

  test('memory is bounded: an endless line is handed out as it comes', () => {
    const splitter = new LineSplitter({ maxLineBytes: 1000 })
    let given = 0
    for (let i = 1; i <= 1000; i++) {
      for (const piece of splitter.push('x'.repeat(99))) given += piece.length
      expect(i * 99 - given).toBeLessThanOrEqual(1001)
    }
  })

  test('a chunk may be filled anew by its owner after push()', () => {
    const splitter = new LineSplitter()
    const chunk = encoder.encode('abc')
    splitter.push(chunk)
    chunk.fill(120)
    expect(splitter.push('\n')).toEqual(['abc'])
  })

  test.each<[unknown, typeof RangeError | typeof TypeError]>([
    [3, RangeError],
    [0, RangeError],
    [-1, RangeError],
    [4.5, RangeError],
    [NaN, RangeError],
    ['9', TypeError],
  ])('maxLineBytes: %s is refused by name', (maxLineBytes, type) => {
    expect(() => new LineSplitter({ maxLineBytes: maxLineBytes as number })).toThrow(type)
    expect(() => new LineSplitter({ maxLineBytes: maxLineBytes as number })).toThrow('maxLineBytes')
  })
})
