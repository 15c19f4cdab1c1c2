import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OutputTexts, type OutputText } from '../../../src/process/views/output-text.ts'

const bytesOf = (...bytes: number[]): Uint8Array => new Uint8Array(bytes)
const bytesIn = ({ data, encoding }: OutputText): Uint8Array => Buffer.from(data, encoding ?? 'utf8')

/** What comes out of each push, and of the end. */
function textsOf(chunks: readonly Uint8Array[]): (OutputText | undefined)[] {
  const texts = new OutputTexts()
  return [...chunks.map((chunk) => texts.push(chunk)), texts.end()]
}

const isText = (text: OutputText | undefined): text is OutputText => text !== undefined

function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1))), bytes.length].sort((a, b) => a - b)
  return places.map((end, at) => bytes.slice(places[at - 1] ?? 0, end)).filter((chunk) => chunk.length > 0)
}

/** Bytes in which the beginnings and insides of code points are frequent, also those that no code point has. */
const anyBytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 3 }),
      fc.string({ unit: 'binary', maxLength: 3 }).map((text) => new Uint8Array(Buffer.from(text))),
      fc
        .constantFrom(
          [0xef, 0xbb, 0xbf],
          [0xf0],
          [0xf0, 0x9f, 0x98],
          [0xe2, 0x82],
          [0xc0],
          [0x80, 0x80],
          [0xf8],
          [0xff],
        )
        .map((bytes) => new Uint8Array(bytes)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => new Uint8Array(Buffer.concat(parts)))
const cuts = fc.array(fc.nat(40), { maxLength: 8 })

describe('any bytes in any split', () => {
  test('come out the same when each event is decoded and all are joined', () => {
    fc.assert(
      fc.property(anyBytes, cuts, (bytes, at) => {
        const events = textsOf(split(bytes, at)).filter(isText)
        expect(Buffer.concat(events.map(bytesIn))).toEqual(Buffer.from(bytes))
        expect(events.every(({ data }) => data !== '')).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('are text wherever all of them is UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), cuts, (text, at) => {
        const events = textsOf(split(new Uint8Array(Buffer.from(text)), at)).filter(isText)
        expect(events.map(({ encoding }) => encoding)).toEqual(events.map(() => undefined))
        expect(events.map(({ data }) => data).join('')).toBe(text)
      }),
      { numRuns: 1000 },
    )
  })

  test('are held back by 3 at most', () => {
    fc.assert(
      fc.property(anyBytes, cuts, (bytes, at) => {
        const texts = new OutputTexts()
        let held = 0
        for (const chunk of split(bytes, at)) {
          const text = texts.push(chunk)
          held += chunk.length - (text === undefined ? 0 : bytesIn(text).length)
          expect(held).toBeLessThanOrEqual(3)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

test('a code point that is split between chunks is one piece of text, given with its last byte', () => {
  const [a, b, c, d] = Buffer.from('😀')
  expect(textsOf([a, b, c, d].map((byte) => bytesOf(byte ?? 0)))).toEqual([
    undefined,
    undefined,
    undefined,
    { data: '😀' },
    undefined,
  ])
})

test('what is whole is not held for what is not', () => {
  const bytes = Buffer.from('aé')
  expect(textsOf([bytes.subarray(0, 2), bytes.subarray(2)])).toEqual([{ data: 'a' }, { data: 'é' }, undefined])
})

test('a code point that nothing finishes comes at the end as base64, and only once', () => {
  const texts = new OutputTexts()
  expect(texts.push(bytesOf(0x61, 0xe2, 0x82))).toEqual({ data: 'a' })
  expect(texts.end()).toEqual({ data: Buffer.from([0xe2, 0x82]).toString('base64'), encoding: 'base64' })
  expect(texts.end()).toBeUndefined()
})

test('bytes that no code point begins with are not waited with', () => {
  for (const byte of [0x80, 0xbf, 0xf8, 0xff]) {
    expect(new OutputTexts().push(bytesOf(byte))).toEqual({
      data: Buffer.from([byte]).toString('base64'),
      encoding: 'base64',
    })
  }
})

test('a BOM is data, at the beginning and elsewhere', () => {
  const bom = Buffer.from('\ufeff')
  expect(textsOf([bom, Buffer.from('a\ufeff'), bom.subarray(0, 1), bom.subarray(1)])).toEqual([
    { data: '\ufeff' },
    { data: 'a\ufeff' },
    undefined,
    { data: '\ufeff' },
    undefined,
  ])
})

test('what is held does not change with the chunk that it came in', () => {
  const texts = new OutputTexts()
  const chunk = bytesOf(0xe2, 0x82)
  texts.push(chunk)
  chunk.fill(0)
  expect(texts.push(bytesOf(0xac))).toEqual({ data: '€' })
})
