import { afterEach, expect, test, vi } from 'vitest'
import { asCompleted } from '../../src/core/as-completed.ts'
import { fromFunction } from '../../src/core/from-function.ts'
import { lines } from '../../src/core/lines.ts'
import { mergeKeyed } from '../../src/core/merge.ts'
import { MergeMap } from '../../src/core/merge-map.ts'
import { mergeSettled } from '../../src/core/merge.ts'
import { MergePlan } from '../../src/core/merge/plan.ts'
import { withTaskGroup } from '../../src/core/task-group.ts'
import { readAll } from '../support/probe-source.ts'
import { settle } from '../support/turn.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** Fails a little later than a sync source gives its item. */
function failing(error: unknown): AsyncIterable<number> {
  return { [Symbol.asyncIterator]: () => ({ next: () => settle().then(() => Promise.reject(error)) }) }
}

test('mergeSettled: an error that was not read when the consumer left goes to onSuppressed', async () => {
  const heard: unknown[] = []
  const stream = mergeSettled(
    { a: [1], b: failing('boom') },
    { onSuppressed: (error, key) => heard.push([key, error]) },
  )
  await stream.next()
  for (let i = 0; i < 3; i++) await settle()
  await stream.return()
  expect(heard).toEqual([['b', 'boom']])
})

test("errors: 'delay' tells each collected error with its key when the consumer leaves before they are thrown", async () => {
  const heard: unknown[] = []
  const stream = mergeKeyed(
    { a: [1], b: failing('boom') },
    { errors: 'delay', buffer: 2, onSuppressed: (error, key) => heard.push([key, error]) },
  )
  await stream.next()
  for (let i = 0; i < 3; i++) await settle()
  await stream.return()
  expect(heard).toEqual([['b', 'boom']])
})

test('fromFunction waits for the call that is pending when it is left, whatever calls came before', async () => {
  let calls = 0
  const stream = fromFunction((signal) => {
    if (++calls === 1) return Promise.resolve(1)
    return new Promise<number>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('while stopping'))
      })
    })
  })
  const reads = [stream.next(), stream.next()]
  await reads[0]
  await expect(stream.return()).rejects.toThrow('while stopping')
  expect(await reads[1]).toEqual({ done: true, value: undefined })
})

test('asCompleted handles the rejections of promises that it never reads', async () => {
  const late = Promise.resolve().then(() => Promise.reject(new Error('late')))
  await asCompleted([late]).return()
  await settle()
  const later = Promise.resolve().then(() => Promise.reject(new Error('later')))
  await expect(asCompleted([later], { signal: AbortSignal.abort('before') }).next()).rejects.toBe('before')
  await settle()
})

test('MergeMap holds nothing of sources that came and went while nobody asked', async () => {
  const plan = new MergePlan<string>(1)
  for (let i = 0; i < 1000; i++) plan.discard(plan.add())
  expect(plan.takeOwed()).toBeUndefined()
  const map = new MergeMap<string, number>()
  map.set('a', [1])
  await map.return()
  expect(map.size).toBe(0)
})

test('lines keeps what it carries though the source fills its buffer anew, and though a bad chunk comes', async () => {
  const bytes = new TextEncoder().encode('abc')
  async function* reusing(): AsyncGenerator<Uint8Array> {
    yield bytes
    bytes.fill(88)
    yield new TextEncoder().encode('d\n')
  }
  expect(await readAll(lines(reusing()))).toEqual(['abcd'])
  const seen: string[] = []
  const reading = async (): Promise<void> => {
    for await (const line of lines(['abc', 5 as unknown as string])) seen.push(line)
  }
  await expect(reading()).rejects.toThrow(TypeError)
  expect(seen).toEqual(['abc'])
})

test('withTaskGroup gives a task that is spawned while it stops its whole time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let end: () => void = () => undefined
  const call = withTaskGroup(
    async (group) => {
      void group.spawn(() => Promise.reject(new Error('first')))
      await settle()
      vi.advanceTimersByTime(80)
      void group.spawn(() => new Promise<void>((resolve) => (end = resolve)), { name: 'cleanup' })
      vi.advanceTimersByTime(60)
    },
    { cleanupTimeoutMs: 100 },
  ).catch((error: unknown) => error)
  await settle()
  end()
  expect(await call).toMatchObject({ message: 'first' })
  expect(vi.getTimerCount()).toBe(0)
})

test('lines: a chunk that is more than a string can hold is the error, and the source is closed', async () => {
  let isClosed = false
  async function* huge(): AsyncGenerator<Uint8Array> {
    try {
      const chunk = new TextEncoder().encode('a\n')
      chunk.lastIndexOf = () => {
        throw new RangeError('too long for a string')
      }
      yield chunk
    } finally {
      isClosed = true
    }
  }
  await expect(readAll(lines(huge()))).rejects.toThrow('too long for a string')
  expect(isClosed).toBe(true)
})
