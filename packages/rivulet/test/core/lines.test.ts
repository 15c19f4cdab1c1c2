import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineRecords } from '../../src/core/line-records.ts'
import { lines } from '../../src/core/lines.ts'
import { ProbeSource, readAll } from '../support/probe-source.ts'
import { rejectionOf, settle, turn } from '../support/turn.ts'

describe('lines', () => {
  test('reads bytes and strings, from sync and async sources and functions', async () => {
    const bytes = new TextEncoder().encode('é\n')
    async function* source(): AsyncGenerator<Uint8Array> {
      yield bytes.slice(0, 1)
      yield bytes.slice(1)
    }
    expect(await readAll(lines(source()))).toEqual(['é'])
    expect(await readAll(lines(['a\nb', 'c']))).toEqual(['a', 'bc'])
    expect(await readAll(lines(() => source()))).toEqual(['é'])
    expect(await readAll(lines([]))).toEqual([])
  })

  test('asks for a chunk only when the lines of the last one are taken, and for more until there is a line', async () => {
    const source = new ProbeSource<string>({ items: ['a\nb\n', 'c', 'd', 'e\n'] })
    const stream = lines(source)
    const asked: number[] = []
    for (let i = 0; i < 3; i++) {
      await stream.next()
      await settle()
      asked.push(source.asked)
    }
    expect(asked).toEqual([1, 1, 4])
    await stream.return()
  })

  test('several next() at once never ask twice at once', async () => {
    const source = new ProbeSource<string>()
    const stream = lines(source)
    const reads = [1, 2, 3].map(() => stream.next())
    for (const chunk of ['a\n', '\n', 'c\n']) {
      source.give(chunk)
      await turn()
    }
    expect((await Promise.all(reads)).map(({ value }) => value)).toEqual(['a', '', 'c'])
    expect(source.mostOutstanding).toBe(1)
    await stream.return()
  })

  test('an error comes after what had arrived, the unfinished line with it', async () => {
    const error = new Error('broken')
    const stream = lines(new ProbeSource<string>({ items: ['a\nb'], then: { error } }))
    expect((await stream.next()).value).toBe('a')
    expect((await stream.next()).value).toBe('b')
    expect(await rejectionOf(stream.next())).toBe(error)
  })

  test.each([5, null, undefined, {}, new ArrayBuffer(2)])(
    'the chunk %s is a TypeError, and the source is closed',
    async (chunk) => {
      const source = new ProbeSource<never>({ items: [chunk as never] })
      expect(await rejectionOf(lines(source).next())).toBeInstanceOf(TypeError)
      expect(source.closed).toBe(1)
    },
  )

  test('a source that is none is a TypeError at the call', () => {
    expect(() => lines(5 as never)).toThrow(TypeError)
    expect(() => lines([], { maxLineBytes: 0 })).toThrow(RangeError)
    expect(() => lines([], { signal: 1 as never })).toThrow(/signal/)
  })

  test('a line above the default of 1 MiB comes in pieces', async () => {
    const given = await readAll(lines(['x'.repeat(1_048_577), '\n']))
    expect(given.map(({ length }) => length)).toEqual([1_048_576, 1])
  })
})

describe('lineRecords', () => {
  test('says how each ended', async () => {
    expect(await readAll(lineRecords(['a\nb\r\nabcdef\ncut', ' end'], { maxLineBytes: 4 }))).toEqual([
      { text: 'a', end: '\n' },
      { text: 'b', end: '\r\n' },
      { text: 'abcd', end: 'cut' },
      { text: 'ef', end: '\n' },
      { text: 'cut ', end: 'cut' },
      { text: 'end', end: 'eof' },
    ])
  })

  test('what was read can be written again, however it was split', async () => {
    const chunk = fc.array(fc.constantFrom('a', 'é', '😀', '\n', '\r', '\r\n')).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 8 }), async (chunks) => {
        const records = await readAll(lineRecords(chunks, { maxLineBytes: 5 }))
        const ends = { '\n': '\n', '\r\n': '\r\n', cut: '', eof: '' }
        expect(records.map(({ text, end }) => text + ends[end]).join('')).toBe(chunks.join(''))
      }),
    )
  })
})
