import { describe, expect, test } from 'vitest'
import { merge } from '../../src/core/merge.ts'
import { readAll } from '../support/probe-source.ts'
import { rejectionOf } from '../support/turn.ts'

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
