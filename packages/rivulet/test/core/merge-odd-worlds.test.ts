import { afterEach, expect, test, vi } from 'vitest'
import { CleanupTimeoutError, merge, mergeKeyed, MergeMap, type Source } from '../../src/core/index.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

async function* numbers(most: number): AsyncGenerator<number> {
  for (let n = 1; n <= most; n++) yield n
}

/** What `next()` calls that are made at once come to, in the order in which they are settled. */
async function settledOrder(stream: AsyncIterator<unknown>, calls: number): Promise<string[]> {
  const seen: string[] = []
  const tell = (result: IteratorResult<unknown>): number =>
    seen.push(result.done === true ? 'done' : String(result.value))
  const fail = (error: unknown): number => seen.push(String(error))
  await Promise.all(Array.from({ length: calls }, () => stream.next().then(tell, fail)))
  return seen
}

test('items of generators are whole where somebody has put a Promise of their own in the place of the language’s', async () => {
  vi.stubGlobal('Promise', class extends Promise<unknown> {})
  const seen: unknown[] = []
  for await (const item of merge([numbers(3), numbers(3), numbers(3)])) seen.push(item)
  expect(seen).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3])
})

test.each([1, 2, 3])('with a buffer of %i an item is settled before the end that comes after it', async (buffer) => {
  expect(await settledOrder(merge([numbers(1)], { buffer }), 3)).toEqual(['1', 'done', 'done'])
})

test.each([1, 2])(
  'with a buffer of %i the turn of the event loop keeps items and error in their order',
  async (buffer) => {
    async function* failing(): AsyncGenerator<number> {
      yield* numbers(1025)
      throw new Error('after the last')
    }
    const seen = await settledOrder(merge([failing()], { buffer }), 1026)
    expect(seen).toEqual([...Array.from({ length: 1025 }, (_, at) => String(at + 1)), 'Error: after the last'])
  },
)

test('a promise whose own `then` answers twice gives its item once', async () => {
  let left = 3
  const twice = {
    next: () => {
      const promise = Promise.resolve({ done: left === 0, value: left-- })
      promise.then = ((onResult: (result: unknown) => unknown) => {
        const call = (result: unknown) => (onResult(result), onResult(result))
        return Promise.prototype.then.call(promise, call)
      }) as typeof promise.then
      return promise
    },
  }
  const seen: unknown[] = []
  for await (const item of merge([{ [Symbol.asyncIterator]: () => twice }, numbers(2)])) seen.push(item)
  expect(seen.sort()).toEqual([1, 1, 2, 2, 3])
})

test('a `done` of a sync iterator that is true in its way ends it', async () => {
  const results = [
    { done: 0, value: 'a' },
    { done: 1, value: 'end' },
    { done: 0, value: 'after the end' },
  ]
  const iterable = { [Symbol.iterator]: () => ({ next: () => results.shift() }) } as unknown as Iterable<string>
  const seen: string[] = []
  for await (const item of merge([iterable])) seen.push(item)
  expect(seen).toEqual(['a'])
})

test('a key that is no string and cannot be made one is named in the error of its source', async () => {
  const key = Object.create(null) as object
  const stuck: Source<number> = () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) })
  const stream = mergeKeyed([[key, stuck]], { cleanupTimeoutMs: 1 })
  void stream.next()
  await expect(stream.return()).rejects.toThrow(CleanupTimeoutError)
})

test('while the consumer holds its item a source is not asked, though others come and go meanwhile', async () => {
  const asked: string[] = []
  const source = (name: string): AsyncIterable<string> => ({
    [Symbol.asyncIterator]: () => ({
      next: () => {
        asked.push(name)
        return Promise.resolve({ done: false, value: name })
      },
    }),
  })
  const map = new MergeMap<string, string>()
  map.set('a', source('a')).set('b', source('b'))
  await map.next()
  map.set('x', () => {
    void map.delete('y')
    return source('x')
  })
  map.set('y', source('y'))
  expect((await map.next()).value).toEqual(['b', 'b'])
  expect(asked).toEqual(['a', 'b', 'a', 'x'])
  await map.return()
})

test('of a source that has an async iterator nothing else is looked for', async () => {
  const source = {
    [Symbol.asyncIterator]: () => numbers(1),
    get [Symbol.iterator](): never {
      throw new Error('looked for')
    },
  }
  expect(await merge([source]).next()).toEqual({ done: false, value: 1 })
})

test('a function that is iterable is an iterable', async () => {
  const source = Object.assign(() => [], { [Symbol.iterator]: () => ['a'].values() })
  expect(await merge([source]).next()).toEqual({ done: false, value: 'a' })
})
