import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { PipeReader } from '../../../src/process/program/pipe-reader.ts'
import { OutputLimit, ProgramOutput } from '../../../src/process/program/program-output.ts'
import { chunks } from '../../../src/process/views/items.ts'
import { turn } from '../../support/turn.ts'

function readerOf(maxBytes?: number) {
  const seen = { chunks: 0, ended: 0 }
  const output = new ProgramOutput({
    items: chunks,
    limit: new OutputLimit(maxBytes),
    onLimit: () => void reader.return(),
  })
  output.watchWith({ restart: () => seen.chunks++ })
  const reader = new PipeReader('stdout', output, () => seen.ended++)
  return { reader, seen }
}

const source = (): Readable => new Readable({ read: () => undefined })

test('a chunk has memory of its own, also where Node gathers small ones in what is shared', async () => {
  const { reader } = readerOf()
  const stream = source()
  reader.attach(stream)
  for (const text of ['a', 'b']) stream.push(Buffer.from(text))
  const { value } = await reader.next()
  const [, chunk] = value ?? []
  expect([...(chunk ?? [])]).toEqual([97, 98])
  expect(chunk?.buffer.byteLength).toBe(2)
  expect(Object.getPrototypeOf(chunk)).toBe(Uint8Array.prototype)
})

test('nothing is read before it is asked for, nor after its chunk was taken', async () => {
  const { reader, seen } = readerOf()
  const stream = source()
  reader.attach(stream)
  stream.push('one')
  await turn()
  expect(seen.chunks).toBe(0)
  await reader.next()
  stream.push('two')
  await turn()
  expect(seen.chunks).toBe(1)
})

test('what was asked for before there is a stream is answered by the stream', async () => {
  const { reader } = readerOf()
  const asked = reader.next()
  const stream = source()
  reader.attach(stream)
  stream.push('late')
  expect((await asked).value).toEqual(['stdout', new Uint8Array(Buffer.from('late'))])
})

test('what is above the limit is cut off a chunk, and the reading ends after it', async () => {
  const { reader } = readerOf(2)
  const stream = source()
  reader.attach(stream)
  stream.push('abc')
  expect((await reader.next()).value).toEqual(['stdout', new Uint8Array([97, 98])])
  expect(await reader.next()).toEqual({ done: true, value: undefined })
})

test('when it is left a pending next() is done, and what comes is read and dropped until the end', async () => {
  const { reader, seen } = readerOf()
  const stream = source()
  reader.attach(stream)
  const pending = reader.next()
  await reader.return()
  expect(await pending).toEqual({ done: true, value: undefined })
  stream.push('dropped')
  stream.push(null)
  while (seen.ended === 0) await turn()
  expect(seen).toEqual({ chunks: 1, ended: 1 })
  expect(await reader.next()).toEqual({ done: true, value: undefined })
})

test('an error of the stream is thrown to who asks, once it has ended', async () => {
  const { reader } = readerOf()
  const stream = source()
  reader.attach(stream)
  const pending = reader.next()
  stream.destroy(new Error('broken'))
  await expect(pending).rejects.toThrow('broken')
})

test('after close() the stream is destroyed, and it has ended once', () => {
  const { reader, seen } = readerOf()
  const stream = source()
  reader.attach(stream)
  reader.close()
  reader.close()
  expect({ isDestroyed: stream.destroyed, ended: seen.ended }).toEqual({ isDestroyed: true, ended: 1 })
})
