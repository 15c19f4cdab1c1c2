import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CleanupTimeoutError } from '../../src/core/errors.ts'
import { mergeKeyed } from '../../src/core/merge-keyed.ts'
import { merge } from '../../src/core/merge.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { ProbeSource, gate, readAll } from '../support/probe-source.ts'
import { SignalProbe } from '../support/signal-probe.ts'
import { rejectionOf, settle, stateOf, turn } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

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
    gates['b']!.open()
    expect(await stateOf(left)).toBe('pending')
    gates['c']!.open()
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

describe('errors while a merge stops', () => {
  test('on break the first by arrival is thrown by return(), the rest suppressed on it and told', async () => {
    const told: unknown[] = []
    const [slow, quick] = [gate(), gate()]
    const stream = mergeKeyed(
      {
        a: new ProbeSource({ onReturn: () => slow.promise }).open,
        b: new ProbeSource({ onReturn: () => quick.promise }).open,
      },
      { onSuppressed: (...problem) => told.push(problem) },
    )
    const next = stream.next()
    await turn()
    const left = stream.return()
    left.catch(() => undefined)
    const first = new Error('b was first')
    quick.break(first)
    await turn()
    slow.break('a was second')
    expect(await rejectionOf(left)).toBe(first)
    expect(suppressedErrors(first)).toEqual(['a was second'])
    expect(told).toEqual([['a was second', 'a']])
    await next
  })

  test('for await drops it when the loop body threw, and throws it on break', async () => {
    const make = (): ProbeSource => new ProbeSource({ items: [1], onReturn: () => Promise.reject('closing') })
    const loop = async (leave: () => boolean): Promise<void> => {
      for await (const _ of merge([make()])) if (leave()) break
    }
    expect(
      await rejectionOf(
        loop(() => {
          throw new Error('body')
        }),
      ),
    ).toMatchObject({ message: 'body' })
    expect(await rejectionOf(loop(() => true))).toBe('closing')
  })

  test('a return() that throws at once, or gives no object, is an error of the closing', async () => {
    for (const close of [
      () => {
        throw new TypeError('at once')
      },
      () => Promise.resolve(1),
    ]) {
      const source = {
        [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: 1 }), return: close }),
      }
      const stream = merge([source as unknown as AsyncIterable<number>])
      await stream.next()
      expect(await rejectionOf(stream.return())).toBeInstanceOf(TypeError)
    }
  })

  test('an error that comes after all is over is told, and never unhandled', async () => {
    const unhandled = collectUnhandled()
    const told: unknown[] = []
    const late = new ProbeSource({ isStuck: true })
    const stream = mergeKeyed({ late }, { onSuppressed: (...problem) => told.push(problem) })
    const next = stream.next()
    await turn()
    await stream.return()
    late.fail('late')
    await next
    await settle()
    expect(told).toEqual([['late', 'late']])
    expect(unhandled.stop()).toEqual([])
  })

  test('a rejection that is our own abort is none: the reason itself, or an AbortError whose cause is it', async () => {
    const shapes: ((signal: AbortSignal) => unknown)[] = [
      ({ reason }) => reason,
      ({ reason }) => Object.assign(new Error('aborted', { cause: reason }), { name: 'AbortError' }),
    ]
    for (const reason of [undefined, 'stop', null, new Error('stop')]) {
      const told: unknown[] = []
      const sources = shapes.map((shape) => (signal: AbortSignal) => ({
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(shape(signal)))),
        }),
      }))
      const controller = new AbortController()
      const stream = merge(sources, { signal: controller.signal, onSuppressed: (error) => told.push(error) })
      const next = stream.next()
      await turn()
      controller.abort(reason)
      expect(await rejectionOf(next)).toBe(controller.signal.reason)
      expect(told).toEqual([])
    }
  })

  test('an AbortError with another cause is an error', async () => {
    const other = Object.assign(new Error('other', { cause: 'elsewhere' }), { name: 'AbortError' })
    const source = (signal: AbortSignal) => ({
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(other))),
      }),
    })
    const stream = merge([source])
    const next = stream.next()
    await turn()
    expect(await rejectionOf(stream.return())).toBe(other)
    await next
  })
})

describe('the signal of a merge', () => {
  test('unread items are dropped, and the pending next() rejects when the closing is done', async () => {
    const signal = new SignalProbe()
    const slow = gate()
    const [a, b] = [new ProbeSource({ items: [1] }), new ProbeSource({ items: [2], onReturn: () => slow.promise })]
    const stream = merge([a, b], { signal: signal.signal })
    await stream.next()
    await settle()
    signal.abort('stop')
    const next = stream.next()
    next.catch(() => undefined)
    expect(await stateOf(next)).toBe('pending')
    expect(a.closed).toBe(1)
    slow.open()
    expect(await rejectionOf(next)).toBe('stop')
    expect((await stream.next()).done).toBe(true)
    expect(signal.listeners).toBe(0)
  })

  test('an error that had arrived first, undelivered, is thrown instead, and unread items are dropped', async () => {
    const controller = new AbortController()
    const [a, b, c] = [new ProbeSource({ items: [1] }), new ProbeSource({ items: [2] }), new ProbeSource()]
    const stream = merge([a, b, c], { signal: controller.signal })
    await stream.next()
    await settle()
    c.fail('error')
    await turn()
    controller.abort('stop')
    expect(await rejectionOf(stream.next())).toBe('error')
    expect((await stream.next()).done).toBe(true)
  })

  test('after the end of the sources an abort means nothing', async () => {
    const signal = new SignalProbe()
    expect(await readAll(merge([[1]], { signal: signal.signal }))).toEqual([1])
    signal.abort()
    expect(signal.listeners).toBe(0)
  })

  test('a source that aborts it while it is being opened is closed, and the next is not opened', async () => {
    const controller = new AbortController()
    const [inner, after] = [new ProbeSource(), new ProbeSource()]
    const stream = merge([() => (controller.abort('now'), inner), after], { signal: controller.signal })
    expect(await rejectionOf(stream.next())).toBe('now')
    expect([inner.closed, after.opened]).toEqual([1, 0])
  })
})
