import { describe, expect, test } from 'vitest'
import { mergeKeyed } from '../../src/core/merge.ts'
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
