import { Readable } from 'node:stream'
import { LineSplitter } from '../../../src/core/index.ts'
import { expect, test } from 'vitest'
import { OutputLimit, ProgramOutput } from '../../../src/process/program/program-output.ts'
import { FrameError } from '../../../src/process/supervisor/frame.ts'
import { FrameReader } from '../../../src/process/supervisor/frame-reader.ts'
import { frame, numbers } from '../../support/frames.ts'
import { turn } from '../../support/turn.ts'

const started = frame(1, 0, numbers(4711))
const output = (stream: 1 | 2, text: string): Buffer => frame(2, stream, Buffer.from(text))
const exited = frame(4, 0, numbers(0, 0, 0))
const closed = (stream: 1 | 2): Buffer => frame(5, stream, Buffer.alloc(0))
const over = frame(6, 0, numbers(0))

/** A reader of lines, what it was told, and the socket that it reads. */
function readerOf(maxBytes?: number) {
  const told: string[] = []
  const programOutput = new ProgramOutput({
    items: () => new LineSplitter(),
    limit: new OutputLimit(maxBytes),
    onLimit: () => void reader.return(),
  })
  const reader = new FrameReader(programOutput, {
    made: () => undefined,
    started: (pid) => told.push(`started ${String(pid)}`),
    refused: () => told.push('refused'),
    exited: () => told.push('exited'),
    streamEnded: () => told.push('stream ended'),
    over: () => told.push('over'),
    ended: () => told.push('ended'),
  })
  const socket = new Readable({ read: () => undefined })
  reader.attach(socket)
  return { reader, told, socket }
}

async function read(reader: FrameReader<string>): Promise<string[]> {
  const seen: string[] = []
  for await (const [name, line] of reader) seen.push(`${name} ${line}`)
  return seen
}

test('lines come in the order of the frames, an unfinished one where its stream is closed', async () => {
  const { reader, told, socket } = readerOf()
  socket.push(Buffer.concat([started, output(1, '1\n2\nhalf'), output(2, '3\n'), closed(1), output(2, '4'), closed(2)]))
  expect(await read(reader)).toEqual(['stdout 1', 'stdout 2', 'stderr 3', 'stdout half', 'stderr 4'])
  expect(told).toEqual(['started 4711', 'stream ended', 'stream ended'])
})

test('what comes before the next output is told though nobody asks, and what comes behind it is not', async () => {
  const { reader, told, socket } = readerOf()
  socket.push(Buffer.concat([started, output(1, 'a\n'), exited, output(1, 'b\n'), closed(1), closed(2), over]))
  await turn()
  expect(told).toEqual(['started 4711'])
  expect((await reader.next()).value).toEqual(['stdout', 'a'])
  expect(told).toEqual(['started 4711', 'exited'])
  expect((await reader.next()).value).toEqual(['stdout', 'b'])
  expect(told.slice(2)).toEqual(['stream ended', 'stream ended', 'over'])
})

test('the unfinished line at a limit is given, though its stream is closed before it is asked for', async () => {
  const { reader, socket } = readerOf(9)
  socket.push(Buffer.concat([started, output(1, 'one\ntwo\nthree')]))
  expect((await reader.next()).value).toEqual(['stdout', 'one'])
  socket.push(Buffer.concat([closed(1), closed(2), exited, over]))
  await turn()
  expect(await read(reader)).toEqual(['stdout two', 'stdout t'])
})

test('what is no frame is thrown after what came before it, and the socket is destroyed', async () => {
  const { reader, told, socket } = readerOf()
  socket.push(Buffer.concat([started, output(1, 'good\n'), Buffer.alloc(16, 0xff)]))
  expect((await reader.next()).value).toEqual(['stdout', 'good'])
  await expect(reader.next()).rejects.toThrow(FrameError)
  expect(await reader.next()).toEqual({ done: true, value: undefined })
  expect(socket.destroyed).toBe(true)
  expect(told.at(-1)).toBe('ended')
})

test('a socket that ends in the middle of a frame is an end, after what came before it', async () => {
  const { reader, told, socket } = readerOf()
  socket.push(Buffer.concat([started, output(1, 'whole\n'), output(2, 'not whole').subarray(0, 20)]))
  socket.push(null)
  expect(await read(reader)).toEqual(['stdout whole', 'stderr not '])
  expect(told.at(-1)).toBe('ended')
})

test('when it is left a pending next() is done, and what comes is read and dropped until the end', async () => {
  const { reader, told, socket } = readerOf()
  const pending = reader.next()
  await reader.return()
  expect(await pending).toEqual({ done: true, value: undefined })
  socket.push(Buffer.concat([started, output(1, 'dropped\n'), closed(1), closed(2), exited, over]))
  socket.push(null)
  while (told.at(-1) !== 'ended') await turn()
  expect(told).toEqual(['started 4711', 'stream ended', 'stream ended', 'exited', 'over', 'ended'])
})
