import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CleanupTimeoutError } from '../../src/core/errors.ts'
import { mergeKeyed } from '../../src/core/merge.ts'
import { merge } from '../../src/core/merge.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { ProbeSource, gate } from '../support/probe-source.ts'
import { rejectionOf, settle, stateOf, turn } from '../support/turn.ts'

const never = (): Promise<never> => new Promise(() => undefined)

describe('stopping a merge', () => {
  test('aborts function sources first, then calls return() on every open source, once, all at once', async () => {
    const log: string[] = []
    const make = (name: string): ProbeSource =>
      new ProbeSource({ onReturn: () => (log.push(`return ${name}`), gates[name]!.promise) })
    const gates: Record<string, ReturnType<typeof gate<void>>> = { a: gate(), b: gate(), c: gate() }
    const [a, b, c] = [make('a'), make('b'), make('c')]
    const stream = merge([
      a,
      (signal) => (signal.addEventListener('abort', () => log.push('abort b')), b),
      (signal) => (signal.addEventListener('abort', () => log.push('abort c')), c),
    ])
    const next = stream.next()
    await turn()
    const left = stream.return()
    expect(log).toEqual(['abort b', 'abort c', 'return a', 'return b', 'return c'])
    expect((await next).done).toBe(true)
    gates.b!.open()
    expect(await stateOf(left)).toBe('pending')
    gates.c!.open()
    await left
    expect([a, b, c].map(({ closed }) => closed)).toEqual([1, 1, 1])
  })

  test('the signal of a function source has the reason of the abort', async () => {
    const source = new ProbeSource()
    const controller = new AbortController()
    const next = merge([source.open], { signal: controller.signal }).next()
    await turn()
    controller.abort('why')
    expect(await rejectionOf(next)).toBe('why')
    expect(source.signal?.reason).toBe('why')
  })

  test('a source that has ended is not closed, one that was never opened is not touched', async () => {
    const [ended, open] = [new ProbeSource({ then: 'end' }), new ProbeSource()]
    const stream = merge([ended.open, open])
    const next = stream.next()
    await settle()
    await stream.return()
    await next
    expect([ended.closed, open.closed]).toEqual([0, 1])
    expect(ended.signal?.aborted).toBe(false)
  })

  test('a plain iterable with a pending next() is closed, given one macrotask, and never hangs the consumer', async () => {
    const stuck = new ProbeSource({ isStuck: true, onReturn: never })
    const stream = merge([stuck])
    const next = stream.next()
    await turn()
    const left = stream.return()
    expect((await next).done).toBe(true)
    expect(await left).toEqual({ done: true, value: undefined })
    expect(stuck.closed).toBe(1)
  })

  test('an async generator that waits does not hang the consumer either', async () => {
    async function* waiting(): AsyncGenerator<number> {
      yield 1
      await never()
    }
    const stream = merge([waiting()])
    await stream.next()
    const pending = stream.next()
    expect(await Promise.all([stream.return(), pending])).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ])
  })

  test('what a plain iterable does within its macrotask is awaited', async () => {
    const log: string[] = []
    async function* source(): AsyncGenerator<number> {
      try {
        yield 1
        await Promise.resolve()
        yield 2
      } finally {
        await turn()
        log.push('closed')
      }
    }
    const stream = merge([source()])
    await stream.next()
    const pending = stream.next()
    await stream.return()
    await pending
    expect(log).toEqual(['closed'])
  })
})

describe('a source that does not close in time', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  test.each([
    ['a function source that does not heed its signal', () => new ProbeSource({ isStuck: true, onReturn: never }).open],
    [
      'a function source whose iterator has no return()',
      () => () => ({ [Symbol.asyncIterator]: () => ({ next: never }) }),
    ],
  ])('%s is reported as a CleanupTimeoutError with its key', async (_, make) => {
    const stream = mergeKeyed({ good: new ProbeSource(), late: make() }, { cleanupTimeoutMs: 70 })
    const next = stream.next()
    await turn()
    const left = stream.return()
    expect((await next).done).toBe(true)
    left.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(69)
    expect(await stateOf(left)).toBe('pending')
    await vi.advanceTimersByTimeAsync(1)
    const error = await rejectionOf(left)
    expect(error).toBeInstanceOf(CleanupTimeoutError)
    expect(error).toMatchObject({ key: 'late', timeoutMs: 70 })
    expect(String(error)).toContain("'late'")
  })

  test('an idle source whose return() never settles is let go after 5,000 ms, which is the default', async () => {
    const stream = merge([new ProbeSource({ items: [1], onReturn: never })])
    await stream.next()
    const left = stream.return()
    left.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(4999)
    expect(await stateOf(left)).toBe('pending')
    await vi.advanceTimersByTimeAsync(1)
    expect(await rejectionOf(left)).toMatchObject({ name: 'CleanupTimeoutError', key: 0 })
  })

  test('beside an error that is thrown it is suppressed on that one', async () => {
    const error = new Error('first')
    const stream = mergeKeyed({
      bad: new ProbeSource({ then: { error } }),
      late: new ProbeSource({ isStuck: true, onReturn: never }).open,
    })
    const next = stream.next()
    next.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(5000)
    expect(await rejectionOf(next)).toBe(error)
    expect(suppressedErrors(error)).toMatchObject([{ name: 'CleanupTimeoutError', key: 'late' }])
  })

  test('no timer is left when all are closed', async () => {
    const stream = merge([new ProbeSource({ items: [1] }), new ProbeSource().open])
    await stream.next()
    await stream.return()
    expect(vi.getTimerCount()).toBe(0)
  })
})
