import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { QueueClosedError, QueueFullError } from '../../src/core/errors.ts'
import { Queue } from '../../src/core/queue.ts'
import { SignalProbe } from '../support/signal-probe.ts'
import { settle, turn } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

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

  test('a second next() has its place in the line: nobody who asks after it overtakes it', async () => {
    const queue = new Queue<number>({ capacity: 1 })
    const consumer = queue[Symbol.asyncIterator]()
    const other = queue[Symbol.asyncIterator]()
    const asked = [watch(consumer.next()), watch(consumer.next()), watch(queue.get()), watch(other.next())]
    for (const item of [1, 2, 3, 4]) expect(queue.tryPut(item)).toBe(true)
    await settle()
    expect(asked.map((outcome) => outcome())).toEqual([
      { value: { done: false, value: 1 } },
      { value: { done: false, value: 2 } },
      { value: 3 },
      { value: { done: false, value: 4 } },
    ])
  })

  test('a consumer that leaves with several next() pending takes none of the items that come', async () => {
    const queue = new Queue<number>({ capacity: 2 })
    const consumer = queue[Symbol.asyncIterator]()
    const pending = [watch(consumer.next()), watch(consumer.next())]
    const left = watch(consumer.throw(undefined))
    expect([queue.tryPut(1), queue.tryPut(2), queue.tryPut(3)]).toEqual([true, true, false])
    await settle()
    for (const outcome of pending) expect(outcome()).toEqual({ value: { done: true, value: undefined } })
    expect(left()).toStrictEqual({ error: undefined })
    expect(await consumer.next()).toEqual({ done: true, value: undefined })
    expect(queue.size).toBe(2)
  })

  test('a consumer that leaves answers its pending next() calls in the order in which they were made', async () => {
    const queue = new Queue<number>({ capacity: 1 })
    const consumer = queue[Symbol.asyncIterator]()
    const answered: string[] = []
    const ask = (name: string): void => void consumer.next().then(() => answered.push(name))
    ask('first')
    ask('second')
    queue.tryPut(1)
    ask('third')
    await settle()
    await consumer.return()
    expect(answered).toEqual(['first', 'second', 'third'])
  })

  test('break and dispose leave the queue open, with what they did not take', async () => {
    const queue = new Queue<number>({ capacity: 3 })
    for (const item of [1, 2, 3]) await queue.put(item)
    for await (const item of queue) {
      expect(item).toBe(1)
      break
    }
    const consumer = queue[Symbol.asyncIterator]()
    await consumer[Symbol.asyncDispose]()
    expect(await consumer.next()).toEqual({ done: true, value: undefined })
    expect([queue.tryGet(), queue.tryGet(), queue.tryPut(4)]).toEqual([{ value: 2 }, { value: 3 }, true])
  })

  test('of several next() pending at fail() the first rejects, the others are done; each consumer is told', async () => {
    const queue = new Queue<number>({ capacity: 1 })
    const [one, two] = [queue[Symbol.asyncIterator](), queue[Symbol.asyncIterator]()]
    const outcomes = [watch(one.next()), watch(one.next()), watch(two.next())]
    queue.fail(null)
    await settle()
    expect(outcomes.map((outcome) => outcome())).toStrictEqual([
      { error: null },
      { value: { done: true, value: undefined } },
      { error: null },
    ])
  })

  test('at fail() a waiting put() is refused with the very error, and its item is not delivered', async () => {
    const queue = new Queue<string>({ capacity: 1 })
    await queue.put('stored')
    const waiting = watch(queue.put('refused'))
    queue.fail(0)
    await settle()
    expect(waiting()).toStrictEqual({ error: 0 })
    expect([queue.tryGet(), queue.tryGet(), queue.tryPut('late')]).toEqual([{ value: 'stored' }, undefined, false])
  })

  test('the first ending stays', async () => {
    const queue = new Queue<string>({ capacity: 1 })
    queue.close()
    queue.fail(new Error('too late'))
    await expect(queue.get()).rejects.toThrow(QueueClosedError)
    expect(await queue[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined })
  })

  test('each who is refused by a closed queue has an error of its own', async () => {
    const queue = new Queue<string>({ capacity: 1 })
    const waiting = [watch(queue.get()), watch(queue.get())]
    queue.close()
    const late = [watch(queue.get()), watch(queue.put('late')), watch(queue.put('late'))]
    await settle()
    const errors = [...waiting, ...late]
      .map((outcome) => outcome())
      .map((got) => got !== undefined && 'error' in got && got.error)
    for (const error of errors) expect(error).toBeInstanceOf(QueueClosedError)
    expect(new Set(errors).size).toBe(5)
  })

  test('a put() that waits is let in when an earlier one is aborted', async () => {
    const queue = new Queue<string>({ capacity: 1 })
    const controller = new AbortController()
    await queue.put('a')
    const [aborted, waiting] = [watch(queue.put('b', { signal: controller.signal })), watch(queue.put('c'))]
    controller.abort(null)
    expect(await queue.get()).toBe('a')
    await settle()
    expect([aborted(), waiting()]).toStrictEqual([{ error: null }, { value: undefined }])
    expect(queue.tryGet()).toEqual({ value: 'c' })
  })

  test('an already aborted signal is refused also where there is room or an item, and is not listened to', async () => {
    const queue = new Queue<string>({ capacity: 2 })
    const probe = new SignalProbe()
    probe.abort(false)
    queue.tryPut('stays')
    const outcomes = [watch(queue.put('no', { signal: probe.signal })), watch(queue.get({ signal: probe.signal }))]
    await settle()
    expect(outcomes.map((outcome) => outcome())).toStrictEqual([{ error: false }, { error: false }])
    expect([queue.size, probe.added]).toEqual([1, 0])
  })

  test('listens to a signal only while it waits', async () => {
    const [probe, queue] = [new SignalProbe(), new Queue<string>({ capacity: 1 })]
    const { signal } = probe
    const got = queue.get({ signal })
    expect(probe.listeners).toBe(1)
    await queue.put('a', { signal })
    expect([await got, probe.listeners]).toEqual(['a', 0])
    await queue.put('b')
    const waiting = watch(queue.put('c', { signal }))
    expect(probe.listeners).toBe(1)
    queue.close()
    expect(probe.listeners).toBe(0)
    await settle()
    expect(waiting()).toMatchObject({ error: { name: 'QueueClosedError' } })
  })

  test('nothing stays unhandled when consumers are failed, closed or left', async () => {
    const unhandled = collectUnhandled()
    for (const end of ['fail', 'close', 'leave'] as const) {
      const queue = new Queue<number>({ capacity: 1 })
      const consumer = queue[Symbol.asyncIterator]()
      queue.tryPut(1)
      await consumer.next()
      if (end === 'leave') await consumer.return()
      else if (end === 'fail') queue.fail(new Error('nobody asks'))
      else queue.close()
    }
    await settle()
    expect(unhandled.stop()).toEqual([])
  })

  test('refuses options that cannot be, and names them', () => {
    expect(() => new Queue({ capacity: 0 })).toThrow(/capacity.*at least 1/)
    expect(() => new Queue({ capacity: 1.5 })).toThrow(RangeError)
    expect(() => new Queue({ capacity: 1, overflow: 'spill' as 'block' })).toThrow(/overflow/)
  })
})

const overflows = ['block', 'strict', 'drop-oldest', 'drop-newest'] as const
const kinds = [
  'put',
  'put',
  'tryPut',
  'get',
  'get',
  'tryGet',
  'next',
  'next',
  'abort',
  'leave',
  'close',
  'fail',
] as const
const step = fc.record({ kind: fc.constantFrom(...kinds), which: fc.nat({ max: 5 }) })
const done = { value: { done: true, value: undefined } }

/** A queue as plain lists: what every call is to come to. */
class Model {
  readonly outcomes = new Map<number, Outcome>()
  readonly stored: number[] = []
  readonly over = new Set<number>()
  putters: number[] = []
  getters: { id: number; consumer?: number }[] = []
  ended: string | undefined
  readonly capacity: number
  readonly overflow: (typeof overflows)[number]

  constructor(capacity: number, overflow: (typeof overflows)[number]) {
    this.capacity = capacity
    this.overflow = overflow
  }

  /** What a put comes to: `true` when it is in, `false` when it has to wait. */
  put(id: number): boolean {
    if (this.stored.length === this.capacity) {
      if (this.overflow !== 'drop-oldest') return false
      this.stored.shift()
    }
    const getter = this.getters.shift()
    if (getter === undefined) this.stored.push(id)
    else this.give(getter, id)
    return true
  }

  take(): number | undefined {
    const item = this.stored.shift()
    const putter = item === undefined ? undefined : this.putters.shift()
    if (putter !== undefined) {
      this.stored.push(putter)
      this.outcomes.set(putter, { value: undefined })
    }
    return item
  }

  get(getter: { id: number; consumer?: number }): void {
    if (getter.consumer !== undefined && this.over.has(getter.consumer)) {
      this.outcomes.set(getter.id, done)
      return
    }
    const item = this.take()
    if (item !== undefined) this.give(getter, item)
    else if (this.ended === undefined) this.getters.push(getter)
    else this.refuse(getter)
  }

  give({ id, consumer }: { id: number; consumer?: number }, item: number): void {
    this.outcomes.set(id, { value: consumer === undefined ? item : { done: false, value: item } })
  }

  refuse({ id, consumer }: { id: number; consumer?: number }): void {
    const isTold = consumer === undefined || (this.ended === 'failed' && !this.over.has(consumer))
    if (consumer !== undefined) this.over.add(consumer)
    this.outcomes.set(id, isTold ? { error: this.ended } : done)
  }

  end(how: string): void {
    if (this.ended !== undefined) return
    this.ended = how
    for (const id of this.putters.splice(0)) this.outcomes.set(id, { error: how })
    for (const getter of this.getters.splice(0)) this.refuse(getter)
  }

  leave(consumer: number): void {
    this.over.add(consumer)
    for (const getter of this.getters) if (getter.consumer === consumer) this.outcomes.set(getter.id, done)
    this.getters = this.getters.filter((getter) => getter.consumer !== consumer)
  }

  abort(id: number): void {
    if (!this.abortable.includes(id)) return
    this.outcomes.set(id, { error: 'aborted' })
    this.putters = this.putters.filter((putter) => putter !== id)
    this.getters = this.getters.filter((getter) => getter.id !== id)
  }

  /** Those who wait on a signal. */
  get abortable(): number[] {
    return [...this.putters, ...this.getters.filter(({ consumer }) => consumer === undefined).map(({ id }) => id)]
  }
}

const nameOf = (error: unknown): unknown =>
  error instanceof QueueClosedError ? 'closed' : error instanceof QueueFullError ? 'full' : error

describe('Queue against a simple model', () => {
  test('whatever is called in whatever order, every call comes to what plain lists say', async () => {
    const settings = [fc.integer({ min: 1, max: 3 }), fc.constantFrom('block' as const, ...overflows)] as const
    await fc.assert(
      fc.asyncProperty(...settings, fc.array(step, { maxLength: 40 }), async (capacity, overflow, steps) => {
        const queue = new Queue<number>({ capacity, overflow })
        const model = new Model(capacity, overflow)
        const [even, odd] = [queue[Symbol.asyncIterator](), queue[Symbol.asyncIterator]()]
        const consumerOf = (which: number): typeof even => (which % 2 === 0 ? even : odd)
        const probes = new Map<number, SignalProbe>()
        const outcomes = new Map<number, Outcome>()
        const watchCall = (id: number, promise: Promise<unknown>): void => {
          promise.then(
            (value) => outcomes.set(id, { value }),
            (error: unknown) => outcomes.set(id, { error: nameOf(error) }),
          )
        }
        const probe = (id: number): AbortSignal => {
          const made = new SignalProbe()
          probes.set(id, made)
          return made.signal
        }
        for (const [id, { kind, which }] of steps.entries()) {
          if (kind === 'put') {
            watchCall(id, queue.put(id, { signal: probe(id) }))
            if (model.ended !== undefined) model.outcomes.set(id, { error: model.ended })
            else if (model.put(id) || overflow === 'drop-newest') model.outcomes.set(id, { value: undefined })
            else if (overflow === 'strict') model.outcomes.set(id, { error: 'full' })
            else model.putters.push(id)
          } else if (kind === 'tryPut') {
            expect(queue.tryPut(id)).toBe(model.ended === undefined && model.put(id))
          } else if (kind === 'tryGet') {
            const item = model.take()
            expect(queue.tryGet()).toEqual(item === undefined ? undefined : { value: item })
          } else if (kind === 'get') {
            watchCall(id, queue.get({ signal: probe(id) }))
            model.get({ id })
          } else if (kind === 'next') {
            const consumer = which % 2
            watchCall(id, consumerOf(consumer).next())
            model.get({ id, consumer })
          } else if (kind === 'abort') {
            const { abortable } = model
            const aborted = abortable[which % Math.max(1, abortable.length)] ?? which
            probes.get(aborted)?.abort('aborted')
            model.abort(aborted)
          } else if (kind === 'leave') {
            void consumerOf(which).return()
            model.leave(which % 2)
            // Endings are rare, so that most of a run is lived before one.
          } else if (which === 0) {
            if (kind === 'close') queue.close()
            else queue.fail('failed')
            model.end(kind === 'close' ? 'closed' : 'failed')
          }
          expect(queue.size).toBe(model.stored.length)
        }
        await turn()
        expect(outcomes).toEqual(model.outcomes)
        for (const [id, { listeners }] of probes) expect(listeners).toBe(model.abortable.includes(id) ? 1 : 0)
      }),
      { numRuns: 1000 },
    )
  })
})
