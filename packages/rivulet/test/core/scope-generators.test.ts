import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CleanupTimeoutError, merge, mergeKeyed, Queue, suppressedErrors, type Source } from '../../src/core/index.ts'
import { gate, ProbeSource } from '../support/probe-source.ts'
import { behind, through, Trace, withholding } from '../support/scoped.ts'
import { rejectionOf, settle, stateOf } from '../support/turn.ts'

const queue = <T = string>(): Queue<T> => new Queue<T>({ capacity: 4 })

/** Begins to read a source beside a quiet one; gives what leaves it, and resolves what that comes to. */
async function begin(source: Source<unknown>, cleanupTimeoutMs?: number): Promise<() => Promise<unknown>> {
  const stream = merge([source, new ProbeSource()], { cleanupTimeoutMs })
  const next = stream.next()
  await settle()
  return async () => {
    const left = stream.return()
    expect((await next).done).toBe(true)
    return left
  }
}

describe('when a source is told to stop', () => {
  test('a generator with a slow finally is awaited, behind as many others as there are', async () => {
    const slow = gate()
    async function* slowly(): AsyncGenerator {
      try {
        yield* through(queue(), new Trace())
      } finally {
        await slow.promise
      }
    }
    const trace = new Trace()
    const left = (await begin(behind(2, slowly(), trace)))()
    await settle()
    expect(await stateOf(left)).toBe('pending')
    expect(trace.unwound).toBe(0)
    slow.open()
    await left
    expect(trace.unwound).toBe(2)
  })

  test('an error of a finally is an error of the closing, and is thrown to who leaves', async () => {
    const failure = new Error('while cleaning up')
    async function* failing(): AsyncGenerator {
      try {
        yield* through(queue(), new Trace())
      } finally {
        await Promise.reject(failure)
      }
    }
    expect(await rejectionOf((await begin(behind(2, failing(), new Trace())))())).toBe(failure)
  })

  test('an error of a finally is suppressed on the error for which the source was told', async () => {
    const [first, later] = [new Error('of the sibling'), new Error('while cleaning up')]
    async function* failing(): AsyncGenerator {
      try {
        yield* queue()
      } finally {
        await Promise.reject(later)
      }
    }
    const sibling = new ProbeSource()
    const heard: unknown[] = []
    const onSuppressed = (error: unknown, key: unknown): number => heard.push([error, key])
    const next = mergeKeyed({ failing: failing(), sibling }, { onSuppressed }).next()
    await settle()
    sibling.fail(first)
    expect(await rejectionOf(next)).toBe(first)
    expect(suppressedErrors(first)).toEqual([later])
    expect(heard).toEqual([[later, 'failing']])
  })

  test('a generator that throws the reason in a form of its own has not failed', async () => {
    async function* wrapping(): AsyncGenerator {
      try {
        yield* queue()
      } catch (cause) {
        throw Object.assign(new Error('stopped', { cause }), { name: 'AbortError' })
      }
    }
    expect(await (await begin(wrapping()))()).toMatchObject({ done: true })
  })

  test('a generator that catches it and ends has ended', async () => {
    async function* quiet(): AsyncGenerator {
      try {
        yield* queue()
      } catch {
        // As somebody writes who does not know what may come.
      }
    }
    expect(await (await begin(behind(1, quiet(), new Trace())))()).toMatchObject({ done: true })
  })

  test('a generator that catches it and goes on is asked for nothing more', async () => {
    const [first, second] = [queue(), queue()]
    const caught: unknown[] = []
    async function* stubborn(): AsyncGenerator<string> {
      for (;;) {
        try {
          yield* first
        } catch (error) {
          caught.push(error)
          yield* second
        }
      }
    }
    const left = (await begin(stubborn()))()
    await settle()
    expect(await stateOf(left)).toBe('pending')
    // What it waits for now was begun after the telling, and is its own affair; its return() comes with the next item.
    second.tryPut('a')
    second.tryPut('b')
    await left
    expect(caught).toHaveLength(1)
    expect(second.size).toBe(1)
  })

  test('a filter that never yields is stopped in the middle of its reading', async () => {
    const items = queue<number>()
    for (const item of [1, 2, 3]) items.tryPut(item)
    const trace = new Trace()
    const leave = await begin(withholding(items, trace))
    expect(items.size).toBe(0)
    await leave()
    expect(trace).toMatchObject({ passed: 0, unwound: 1 })
    items.tryPut(4)
    expect(items.size).toBe(1)
  })
})

describe('what a source begins after the telling', () => {
  test('is not stopped by it: a stream that a finally reads is read to its end', async () => {
    const clean = queue()
    const seen: string[] = []
    async function* cleaning(): AsyncGenerator<string> {
      try {
        yield* queue()
      } finally {
        for await (const item of merge([through(clean, new Trace())])) seen.push(item)
        seen.push('cleaned')
      }
    }
    const left = (await begin(behind(1, cleaning(), new Trace())))()
    await settle()
    clean.tryPut('one')
    await settle()
    clean.tryPut('two')
    clean.close()
    await left
    expect(seen).toEqual(['one', 'two', 'cleaned'])
  })

  test('is not stopped by it either where the source was idle', async () => {
    const clean = queue()
    const seen: string[] = []
    async function* cleaning(): AsyncGenerator<string> {
      try {
        yield 'item'
      } finally {
        seen.push(await clean.get())
        for await (const item of clean) seen.push(item)
      }
    }
    const stream = merge([cleaning()])
    await stream.next()
    const left = stream.return()
    await settle()
    clean.tryPut('one')
    clean.tryPut('two')
    clean.close()
    await left
    expect(seen).toEqual(['one', 'two'])
  })

  test('can be a put() that waits for its turn, from the listener of its signal as well', async () => {
    const log = new Queue<string>({ capacity: 1 })
    log.tryPut('full')
    const source: Source<string> = (signal) => {
      signal.addEventListener('abort', () => void log.put('heard'))
      return (async function* () {
        try {
          yield* queue()
        } finally {
          await log.put('cleaned')
        }
      })()
    }
    const left = (await begin(source))()
    await settle()
    expect([await log.get(), await log.get(), await log.get()]).toEqual(['full', 'heard', 'cleaned'])
    await left
  })
})

describe('a source that was told', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('and does not end in its time is named by a CleanupTimeoutError', async () => {
    async function* stubborn(): AsyncGenerator {
      try {
        yield* queue()
      } catch {
        yield* queue()
      }
    }
    const left = rejectionOf((await begin(stubborn(), 200))())
    await settle()
    vi.advanceTimersByTime(199)
    expect(await stateOf(left)).toBe('pending')
    vi.advanceTimersByTime(1)
    expect(await left).toBeInstanceOf(CleanupTimeoutError)
    expect(await left).toMatchObject({ key: 0, timeoutMs: 200 })
  })

  test('leaves no timer behind where it ends in its time', async () => {
    await (
      await begin(behind(2, queue(), new Trace()))
    )()
    expect(vi.getTimerCount()).toBe(0)
  })
})
