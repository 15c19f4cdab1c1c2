import { EventEmitter, on } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { addAbortSignal, PassThrough, Readable } from 'node:stream'
import { setInterval as every } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { lines } from '../../src/core/lines.ts'
import { mergeKeyed } from '../../src/core/merge.ts'
import { merge } from '../../src/core/merge.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { readAll } from '../support/probe-source.ts'
import { rejectionOf, turn } from '../support/turn.ts'

test('Node Readables are merged to their end, and destroyed on break', async () => {
  expect((await readAll(merge([Readable.from([1, 2]), Readable.from(['a'])]))).sort()).toEqual([1, 2, 'a'])
  const [idle, waiting] = [Readable.from(['x', 'y']), new PassThrough()]
  for await (const _ of merge([idle, (signal) => addAbortSignal(signal, waiting)])) break
  expect([idle.destroyed, waiting.destroyed]).toEqual([true, true])
})

test('a plain Readable that waits, whose generator cannot be told to stop, hangs nobody', async () => {
  const waiting = new PassThrough()
  for await (const _ of merge([Readable.from(['x']), waiting])) break
  waiting.destroy()
})

test('the error of a Readable is thrown, that very one, and the other is destroyed', async () => {
  const [bad, other] = [new PassThrough(), new PassThrough()]
  const next = merge([bad, (signal) => addAbortSignal(signal, other)]).next()
  await turn()
  const error = new Error('broken')
  bad.destroy(error)
  expect(await rejectionOf(next)).toBe(error)
  expect(other.destroyed).toBe(true)
  expect(suppressedErrors(error)).toEqual([])
})

test('web ReadableStreams are merged, cancelled on break, and unlocked', async () => {
  const cancelled: string[] = []
  const make = (name: string): ReadableStream<string> =>
    new ReadableStream({
      pull: (controller) => controller.enqueue(name),
      cancel: () => void cancelled.push(name),
    })
  const streams = { a: make('a'), b: make('b') }
  const seen = new Set<string>()
  for await (const [key] of mergeKeyed(streams)) {
    seen.add(key)
    if (seen.size === 2) break
  }
  expect(cancelled.sort()).toEqual(['a', 'b'])
  expect([streams.a.locked, streams.b.locked]).toEqual([false, false])
})

test('events.on with the signal of its source is stopped on break, its AbortError no error', async () => {
  const emitter = new EventEmitter()
  const told: unknown[] = []
  const stream = merge([(signal) => on(emitter, 'tick', { signal })], { onSuppressed: (error) => told.push(error) })
  const next = stream.next()
  await turn()
  emitter.emit('tick', 1)
  expect((await next).value).toEqual([1])
  const pending = stream.next()
  await stream.return()
  await pending
  expect(emitter.listenerCount('tick')).toBe(0)
  expect(told).toEqual([])
})

test('timers/promises and events.on end with the signal of the merge, and its very reason is thrown', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  const told: unknown[] = []
  const stream = merge(
    [
      (signal) => every(100_000, 'tick', { signal }),
      (signal) => on(new EventEmitter(), 'event', { signal }) as AsyncIterable<unknown>,
      on(new EventEmitter(), 'event', { signal: controller.signal }) as AsyncIterable<unknown>,
    ],
    { signal: controller.signal, onSuppressed: (error) => told.push(error) },
  )
  const next = stream.next()
  await turn()
  controller.abort(reason)
  expect(await rejectionOf(next)).toBe(reason)
  expect(told).toEqual([])
})

/** A source that can be told to stop while it waits. */
function stoppable(socket: Socket): (signal: AbortSignal) => Socket {
  return (signal) => addAbortSignal(signal, socket)
}

test('sockets are read as they come, by lines, and closed when the loop is left', async () => {
  const accepted: Socket[] = []
  const server = createServer((socket) => {
    accepted.push(socket)
    socket.on('error', () => undefined)
    socket.write(`hello ${String(accepted.length)}\npartial`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const sockets = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')] as const
  const seen: string[] = []
  for await (const [, line] of mergeKeyed({ a: lines(stoppable(sockets[0])), b: lines(stoppable(sockets[1])) })) {
    seen.push(line)
    if (seen.length === 2) break
  }
  expect(seen.sort()).toEqual(['hello 1', 'hello 2'])
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true])
  for (const socket of accepted) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
})
