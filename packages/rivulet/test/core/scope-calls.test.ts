import { expect, test } from 'vitest'
import { merge, Queue, type Source } from '../../src/core/index.ts'
import { ProbeSource } from '../support/probe-source.ts'
import { behind, Trace } from '../support/scoped.ts'
import { rejectionOf, settle } from '../support/turn.ts'

/** Begins to read a source, leaves it while it waits, and says what the consumer was told. */
async function leave(source: Source<unknown>): Promise<void> {
  const stream = merge([source])
  const next = stream.next()
  await settle()
  await stream.return()
  expect((await next).done).toBe(true)
}

test('a get() that waits inside a source is ended with it, and leaves no trace in the queue', async () => {
  const queue = new Queue<string>({ capacity: 1 })
  const trace = new Trace()
  async function* gets(): AsyncGenerator<string> {
    for (;;) yield await queue.get()
  }
  await leave(behind(2, gets(), trace))
  expect(trace).toMatchObject({ passed: 0, unwound: 2 })
  queue.tryPut('after')
  expect(queue.tryGet()).toEqual({ value: 'after' })
})

test('a put() that waits inside a source is ended with it, and its item does not come in', async () => {
  const queue = new Queue<string>({ capacity: 1 })
  queue.tryPut('before')
  const trace = new Trace()
  async function* puts(): AsyncGenerator<void> {
    yield await queue.put('from inside')
  }
  await leave(behind(2, puts(), trace))
  expect(trace).toMatchObject({ passed: 0, unwound: 2 })
  expect(queue.tryGet()).toEqual({ value: 'before' })
  expect(queue.size).toBe(0)
})

test('calls that are settled are in the scope no more: what they gave is not taken back', async () => {
  const queue = new Queue<string>({ capacity: 2 })
  const seen: string[] = []
  async function* gets(): AsyncGenerator<void> {
    seen.push(await queue.get(), await queue.get())
    yield
    seen.push(await queue.get())
  }
  const stream = merge([gets()])
  const first = stream.next()
  queue.tryPut('a')
  queue.tryPut('b')
  await first
  const second = stream.next()
  await settle()
  await stream.return()
  await second
  queue.tryPut('c')
  expect(seen).toEqual(['a', 'b'])
  expect(queue.size).toBe(1)
})

test('a get() with a signal of its own heeds that one too, whose reason is an error of the source', async () => {
  const queue = new Queue<string>({ capacity: 1 })
  const own = new AbortController()
  async function* gets(): AsyncGenerator<string> {
    yield await queue.get({ signal: own.signal })
  }
  const stream = merge([gets(), new ProbeSource<string>()])
  const next = stream.next()
  await settle()
  own.abort('own')
  expect(await rejectionOf(next)).toBe('own')
  const left = new AbortController()
  async function* more(): AsyncGenerator<string> {
    yield await queue.get({ signal: left.signal })
  }
  await leave(more())
  queue.tryPut('after')
  expect(queue.size).toBe(1)
})

test('a stream with a signal of its own heeds both: whichever comes first', async () => {
  const own = new AbortController()
  const stream = merge([behind(1, merge([new ProbeSource()], { signal: own.signal }), new Trace())])
  const next = stream.next()
  await settle()
  own.abort('own')
  expect(await rejectionOf(next)).toBe('own')

  const unused = new AbortController()
  const inner = new ProbeSource()
  const trace = new Trace()
  await leave(behind(1, merge([inner], { signal: unused.signal }), trace))
  expect(inner.closed).toBe(1)
  unused.abort('too late')
  expect(trace.told).toHaveLength(1)
  expect(trace.told[0]).toMatchObject({ name: 'AbortError' })
})
