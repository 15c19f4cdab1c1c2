import { describe, expect, test } from 'vitest'
import { mergeKeyed } from '../../src/core/merge.ts'
import { merge } from '../../src/core/merge.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { ProbeSource, gate, readAll } from '../support/probe-source.ts'
import { SignalProbe } from '../support/signal-probe.ts'
import { rejectionOf, settle, stateOf, turn } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

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
      (signal) => signal.reason as unknown,
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
