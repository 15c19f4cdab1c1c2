import { describe, expect, test } from 'vitest'
import type { MergeOptions } from '../../src/core/merge-options.ts'
import { mergeKeyed } from '../../src/core/merge-keyed.ts'
import { mergeSettled } from '../../src/core/merge-settled.ts'
import { merge } from '../../src/core/merge.ts'
import { ProbeSource, readAll } from '../support/probe-source.ts'
import { rejectionOf, settle, turn } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

describe('merge ending', () => {
  test('it ends when all sources have, and at once with none', async () => {
    expect(await readAll(merge([]))).toEqual([])
    expect(await readAll(merge([[], '', new Set<number>()]))).toEqual([])
    const [a, b] = [new ProbeSource({ then: 'end' }), new ProbeSource()]
    const stream = merge([a, b])
    const next = stream.next()
    await settle()
    b.give('still')
    expect(await next).toEqual({ done: false, value: 'still' })
    b.end()
    expect((await stream.next()).done).toBe(true)
  })

  test('it is its own iterator and is read once', async () => {
    const stream = merge([[1, 2, 3]])
    for await (const item of stream) if (item === 2) break
    expect(await readAll(stream)).toEqual([])
  })

  test('await using closes it', async () => {
    const source = new ProbeSource({ items: [1] })
    {
      await using stream = merge([source])
      await stream.next()
    }
    expect(source.closed).toBe(1)
  })

  test("it has the language's iterator helpers where there are any", () => {
    const prototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype)) as object
    expect(prototype).toBeTypeOf('object')
    expect(Object.prototype.isPrototypeOf.call(Object.getPrototypeOf(prototype), merge([]))).toBe(true)
  })

  test('the value with which a source ends is no item', async () => {
    async function* source(): AsyncGenerator<number, string> {
      yield 1
      return 'end'
    }
    expect(await readAll(merge([source()]))).toEqual([1])
  })
})

describe('what is merged', () => {
  test('any iterable of sources: an array, a Set, a generator', async () => {
    function* sources(): Generator<number[]> {
      yield [1]
      yield [2]
    }
    expect(await readAll(merge(sources()))).toEqual([1, 2])
    expect(await readAll(merge(new Set([[1], [2]])))).toEqual([1, 2])
  })

  test('mergeKeyed takes a record, a Map and any iterable of entries', async () => {
    const pairs = [
      ['a', 1],
      ['b', 2],
    ]
    expect(await readAll(mergeKeyed({ a: [1], b: [2] }))).toEqual(pairs)
    expect(
      await readAll(
        mergeKeyed(
          new Map([
            ['a', [1]],
            ['b', [2]],
          ]),
        ),
      ),
    ).toEqual(pairs)
    expect(await readAll(mergeKeyed(Object.entries({ a: [1], b: [2] }).values()))).toEqual(pairs)
    const key = {}
    const [first] = await readAll(mergeKeyed(new Map([[key, [1]]])))
    expect(first?.[0]).toBe(key)
  })

  test('functions are called with a signal of their own, and may give a sync iterable', async () => {
    const signals = new Set<AbortSignal>()
    const source = (signal: AbortSignal): number[] => (signals.add(signal), [1])
    expect(await readAll(merge([source, source]))).toEqual([1, 1])
    expect(signals.size).toBe(2)
  })

  test('an iterable is asked for one iterator, and its methods are called on it', async () => {
    let opened = 0
    class Source {
      #left = 2

      async next(): Promise<IteratorResult<number>> {
        return this.#left-- > 0 ? { done: false, value: this.#left } : { done: true, value: undefined }
      }

      [Symbol.asyncIterator](): this {
        opened++
        return this
      }
    }
    expect(await readAll(merge([new Source()]))).toEqual([1, 0])
    expect(opened).toBe(1)
  })
})

describe('bad input to a merge', () => {
  const good = new ProbeSource()

  test.each([5, null, undefined, {}, true])('the source %s is a TypeError that names its index or key', (bad) => {
    const sources = { good, bad: bad as never }
    expect(() => merge([good, bad as never])).toThrow(TypeError)
    expect(() => merge([good, bad as never])).toThrow(/1/)
    expect(() => mergeKeyed(sources)).toThrow(/'bad'/)
    expect(() => mergeSettled(new Map(Object.entries(sources)))).toThrow(/'bad'/)
    expect(good.opened).toBe(0)
  })

  test.each([5, null, undefined, 'text', [1], [['a']]])('%j is no set of keyed sources, a TypeError', (bad) => {
    expect(() => mergeKeyed(bad as never)).toThrow(TypeError)
  })

  test.each<[string, unknown, typeof RangeError | typeof TypeError]>([
    ['buffer', -1, RangeError],
    ['buffer', 0, RangeError],
    ['buffer', 1.5, RangeError],
    ['buffer', NaN, RangeError],
    ['buffer', Infinity, RangeError],
    ['buffer', '1', TypeError],
    ['errors', 'ignore', RangeError],
    ['errors', 1, TypeError],
    ['cleanupTimeoutMs', -1, RangeError],
    ['cleanupTimeoutMs', NaN, RangeError],
    ['cleanupTimeoutMs', 2 ** 31, RangeError],
    ['cleanupTimeoutMs', '1', TypeError],
    ['signal', {}, TypeError],
    ['signal', null, TypeError],
    ['onSuppressed', 'log', TypeError],
  ])('%s: %s is refused by name, before anything was started', (name, value, type) => {
    const options = { [name]: value } as MergeOptions
    for (const make of [() => merge([good], options), () => mergeKeyed({ good }, options)]) {
      expect(make).toThrow(type)
      expect(make).toThrow(name)
    }
    expect(good.opened).toBe(0)
  })

  test('options that are undefined are as if they were left out', async () => {
    const options = {
      buffer: undefined,
      errors: undefined,
      cleanupTimeoutMs: undefined,
      signal: undefined,
      onSuppressed: undefined,
    }
    expect(await readAll(merge([[1]], options))).toEqual([1])
  })
})

describe("misbehaving sources are handled as the language's own for await handles them", () => {
  const thrown = new Error('thrown')
  const after = (steps: (() => unknown)[]): AsyncIterable<unknown> => {
    let step = 0
    const next = (): unknown => (steps[step++] ?? (() => Promise.resolve({ done: true })))()
    return { [Symbol.asyncIterator]: () => ({ next: next as () => Promise<IteratorResult<unknown>> }) }
  }
  const sync = (...items: unknown[]): Iterable<unknown> => ({ [Symbol.iterator]: () => items.values() })
  const thenable = (value: unknown): unknown => ({ then: (resolve: (value: unknown) => void) => resolve(value) })
  const cases: [string, () => AsyncIterable<unknown> | Iterable<unknown>][] = [
    [
      'next() throws at once',
      () =>
        after([
          () => ({ value: 1 }),
          () => {
            throw thrown
          },
        ]),
    ],
    ['next() gives no promise', () => after([() => ({ done: false, value: 1 })])],
    ['next() gives a thenable', () => after([() => thenable({ done: false, value: 1 })])],
    [
      'a thenable that throws',
      () =>
        after([
          () => ({
            then: () => {
              throw thrown
            },
          }),
        ]),
    ],
    ['next() resolves to no object', () => after([() => Promise.resolve(1)])],
    ['next() gives undefined', () => after([() => undefined])],
    ['next() resolves to a function', () => after([() => Promise.resolve(Object.assign(() => 0, { value: 7 }))])],
    ['a done that is truthy', () => after([() => Promise.resolve({ done: 'yes', value: 1 })])],
    ['a done that is falsy', () => after([() => Promise.resolve({ done: 0, value: 1 })])],
    ['a done that is missing', () => after([() => Promise.resolve({ value: 1 })])],
    ['a value that is missing', () => after([() => Promise.resolve({})])],
    [
      'a done that throws',
      () =>
        after([
          () =>
            Promise.resolve({
              get done() {
                throw thrown
              },
            }),
        ]),
    ],
    [
      'a value that throws',
      () =>
        after([
          () =>
            Promise.resolve({
              done: false,
              get value() {
                throw thrown
              },
            }),
        ]),
    ],
    [
      'a value that throws at the end',
      () =>
        after([
          () =>
            Promise.resolve({
              done: true,
              get value() {
                throw thrown
              },
            }),
        ]),
    ],
    ['next that is no function', () => ({ [Symbol.asyncIterator]: () => ({ next: 1 }) }) as never],
    ['promises in a sync iterable', () => sync(Promise.resolve(1), 2, thenable(3))],
    [
      'a rejected promise in a sync iterable',
      () => sync(1, { then: (_: unknown, no: (error: unknown) => void) => no(thrown) }, 3),
    ],
    ['a promise as an async item', () => after([() => Promise.resolve({ value: sync })])],
    [
      'an async iterator method that is null',
      () => ({ [Symbol.asyncIterator]: null, [Symbol.iterator]: () => [1].values() }) as never,
    ],
  ]

  test.each(cases)('%s', async (_, make) => {
    const run = async (source: AsyncIterable<unknown> | Iterable<unknown>): Promise<unknown> => {
      const items: unknown[] = []
      try {
        for await (const item of source) items.push(item)
        return { items, end: 'done' }
      } catch (error) {
        return { items, end: error === thrown ? thrown : (error as Error).constructor.name }
      }
    }
    expect(await run(merge([make()]))).toEqual(await run(make()))
  })

  test('a sync iterator is closed when a promise in it rejects, and on break', async () => {
    const log: string[] = []
    function* source(first: unknown): Generator {
      try {
        yield first
        yield 2
      } finally {
        log.push('closed')
      }
    }
    const late = { then: (_: unknown, reject: (error: unknown) => void) => reject('no') }
    expect(await rejectionOf(readAll(merge([source(late)])))).toBe('no')
    for await (const _ of merge([source(1)])) break
    expect(log).toEqual(['closed', 'closed'])
  })

  test('a return that is null is as one that is missing', async () => {
    const source = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1 }), return: null }) } as never
    for await (const _ of merge([source])) break
  })
})

describe('a merge leaves nothing behind', () => {
  test('no rejection is unhandled in any mode, whatever is not asked for', async () => {
    const unhandled = collectUnhandled()
    for (const errors of ['throw', 'delay'] as const) {
      const sources = [0, 1, 2].map(
        (error) => new ProbeSource({ items: [1], then: { error }, onReturn: () => Promise.reject('closing') }),
      )
      const stream = merge([...sources, ...sources.map(({ open }) => open)], { errors, buffer: 3 })
      await stream.next()
      await settle()
      await stream.return().catch(() => undefined)
      await settle()
    }
    expect(unhandled.stop()).toEqual([])
  })

  test('a second error is told while the first is thrown, and the rest closed', async () => {
    const sources = [
      new ProbeSource({ then: { error: 'a' } }),
      new ProbeSource({ then: { error: 'b' } }),
      new ProbeSource(),
    ]
    const told: unknown[] = []
    const stream = merge(sources, { onSuppressed: (error) => told.push(error) })
    expect(await rejectionOf(stream.next())).toBe('a')
    await turn()
    expect(told).toEqual(['b'])
    expect(sources[2]?.closed).toBe(1)
  })
})
