import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { QueueClosedError, QueueFullError } from '../../src/core/errors.ts'
import { Queue } from '../../src/core/queue.ts'
import { settle } from '../support/turn.ts'

type Outcome = { value: unknown } | { error: unknown } | undefined

/** What became of a promise, looked at without waiting for it. */
function watch(promise: Promise<unknown>): () => Outcome {
  let outcome: Outcome
  promise.then(
    (value) => (outcome = { value }),
    (error: unknown) => (outcome = { error }),
  )
  return () => outcome
}

describe('Queue', () => {
  test('hands on falsy items in order', async () => {
    const queue = new Queue<unknown>({ capacity: 5 })
    const items = [undefined, null, 0, '', false]
    for (const item of items) await queue.put(item)
    for (const item of items) expect(await queue.get()).toBe(item)
    expect(queue.tryGet()).toBeUndefined()
  })

  test('put() waits while it is full, and nobody overtakes', async () => {
    const queue = new Queue<number>({ capacity: 1 })
    await queue.put(1)
    const [second, third] = [watch(queue.put(2)), watch(queue.put(3))]
    await settle()
    expect([second(), third()]).toEqual([undefined, undefined])
    expect(queue.tryPut(4)).toBe(false)
    expect(queue.tryGet()).toEqual({ value: 1 })
    await settle()
    expect([second(), third()]).toEqual([{ value: undefined }, undefined])
    expect([await queue.get(), await queue.get()]).toEqual([2, 3])
  })

  test('get() waits for an item, the first who asked gets the first', async () => {
    const queue = new Queue<string>({ capacity: 1 })
    const gets = [queue.get(), queue.get()]
    expect(queue.tryPut('a')).toBe(true)
    expect(queue.tryPut('b')).toBe(true)
    expect(await Promise.all(gets)).toEqual(['a', 'b'])
    expect(queue.size).toBe(0)
  })

  test("'strict' rejects, 'drop-oldest' and 'drop-newest' lose an item", async () => {
    const strict = new Queue<number>({ capacity: 1, overflow: 'strict' })
    await strict.put(1)
    await expect(strict.put(2)).rejects.toThrow(QueueFullError)
    const oldest = new Queue<number>({ capacity: 2, overflow: 'drop-oldest' })
    const newest = new Queue<number>({ capacity: 2, overflow: 'drop-newest' })
    for (const item of [1, 2, 3]) await Promise.all([oldest.put(item), newest.put(item)])
    expect([oldest.tryGet(), oldest.tryGet(), oldest.tryGet()]).toEqual([{ value: 2 }, { value: 3 }, undefined])
    expect([newest.tryGet(), newest.tryGet(), newest.tryGet()]).toEqual([{ value: 1 }, { value: 2 }, undefined])
  })

  test('after close() what is stored is delivered, a waiting put() is refused and its item not delivered', async () => {
    const queue = new Queue<string>({ capacity: 1 })
    await queue.put('stored')
    const waiting = watch(queue.put('refused'))
    queue.close()
    await settle()
    expect(waiting()).toEqual({ error: expect.any(QueueClosedError) as unknown })
    const seen: string[] = []
    for await (const item of queue) seen.push(item)
    expect(seen).toEqual(['stored'])
    await expect(queue.get()).rejects.toThrow(QueueClosedError)
    await expect(queue.put('late')).rejects.toThrow(QueueClosedError)
    expect(queue.tryPut('late')).toBe(false)
  })

  test.each([undefined, null, 0, new Error('broken'), new QueueClosedError('get')])(
    'after fail(%s) what is stored is delivered, then everyone gets the very error',
    async (error) => {
      const queue = new Queue<string>({ capacity: 2 })
      const waiting = watch(queue.get())
      queue.tryPut('taken')
      queue.tryPut('stored')
      queue.fail(error)
      queue.close()
      await settle()
      expect(waiting()).toEqual({ value: 'taken' })
      const consumer = queue[Symbol.asyncIterator]()
      expect(await consumer.next()).toEqual({ done: false, value: 'stored' })
      const failed = [watch(consumer.next()), watch(queue.get()), watch(queue.put('late'))]
      await settle()
      for (const outcome of failed) expect(outcome()).toStrictEqual({ error })
      expect(await consumer.next()).toEqual({ done: true, value: undefined })
    },
  )

  test('an aborted put() or get() leaves no trace, neither an item nor a listener', async () => {
    const queue = new Queue<string>({ capacity: 1 })
    const controller = new AbortController()
    const get = watch(queue.get({ signal: controller.signal }))
    controller.abort(0)
    await settle()
    expect(get()).toEqual({ error: 0 })
    await queue.put('a')
    const second = new AbortController()
    const put = watch(queue.put('b', { signal: second.signal }))
    second.abort('why')
    await settle()
    expect(put()).toEqual({ error: 'why' })
    expect(await queue.get()).toBe('a')
    expect(queue.tryGet()).toBeUndefined()
    await expect(queue.put('c', { signal: AbortSignal.abort('before') })).rejects.toBe('before')
    await expect(queue.get({ signal: AbortSignal.abort('before') })).rejects.toBe('before')
  })

  test('a consumer that leaves settles its next(), takes no item, and does not close the queue', async () => {
    const queue = new Queue<string>({ capacity: 1 })
    const [leaving, staying] = [queue[Symbol.asyncIterator](), queue[Symbol.asyncIterator]()]
    const pending = leaving.next()
    const other = staying.next()
    await leaving.return()
    expect(await pending).toEqual({ done: true, value: undefined })
    expect(queue.tryPut('a')).toBe(true)
    expect(await other).toEqual({ done: false, value: 'a' })
    expect(queue.tryPut('b')).toBe(true)
    expect(await queue.get()).toBe('b')
  })

  test('refuses options that cannot be, and names them', () => {
    expect(() => new Queue({ capacity: 0 })).toThrow(/capacity.*at least 1/)
    expect(() => new Queue({ capacity: 1.5 })).toThrow(RangeError)
    expect(() => new Queue({ capacity: 1, overflow: 'spill' as 'block' })).toThrow(/overflow/)
  })
})

describe('Queue against a simple model', () => {
  // Whatever is put and asked in whatever order: what comes out is what went in, in its order, once.
  test('each item that was accepted comes out once, in order, to the askers in their order', async () => {
    const step = fc.constantFrom('put', 'tryPut', 'get', 'tryGet', 'abortGet', 'abortPut')
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 30 }), async (capacity, steps) => {
        const queue = new Queue<number>({ capacity })
        const model: { stored: number[]; putters: number[]; getters: number[] } = {
          stored: [],
          putters: [],
          getters: [],
        }
        const expected = new Map<number, number>()
        const got = new Map<number, number>()
        const putDone = new Set<number>()
        let count = 0
        const accept = (item: number): void => {
          const getter = model.getters.shift()
          if (getter === undefined) model.stored.push(item)
          else expected.set(getter, item)
        }
        const taken = (): number | undefined => {
          const item = model.stored.shift()
          const putter = model.putters.shift()
          if (putter !== undefined) model.stored.push(putter)
          return item
        }
        for (const kind of steps) {
          const id = ++count
          const controller = new AbortController()
          const { signal } = controller
          if (kind === 'put' || kind === 'abortPut') {
            queue.put(id, { signal }).then(
              () => putDone.add(id),
              () => undefined,
            )
            const isFull = model.stored.length >= capacity
            if (!isFull) accept(id)
            else if (kind === 'put') model.putters.push(id)
            if (kind === 'abortPut') controller.abort()
          } else if (kind === 'tryPut') {
            const fits = model.stored.length < capacity
            expect(queue.tryPut(id)).toBe(fits)
            if (fits) accept(id)
          } else if (kind === 'tryGet') {
            const item = model.stored.length > 0 ? taken() : undefined
            expect(queue.tryGet()).toEqual(item === undefined ? undefined : { value: item })
          } else {
            queue.get({ signal }).then(
              (item) => got.set(id, item),
              () => undefined,
            )
            const item = model.stored.length > 0 ? taken() : undefined
            if (item !== undefined) expected.set(id, item)
            else if (kind === 'get') model.getters.push(id)
            if (kind === 'abortGet') controller.abort()
          }
        }
        await settle()
        expect(got).toEqual(expected)
        expect(queue.size).toBe(model.stored.length)
        for (const putter of model.putters) expect(putDone.has(putter)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })
})
