import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { batch } from '../../src/core/batch.ts'
import { CleanupTimeoutError } from '../../src/core/errors.ts'
import { merge } from '../../src/core/merge.ts'
import { Queue } from '../../src/core/queue.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { marbles } from '../support/marbles.ts'
import { gate, ProbeSource, readAll } from '../support/probe-source.ts'
import { rejectionOf, settle, stateOf, turn } from '../support/turn.ts'

/** Milliseconds of a frame. */
const frameMs = 10

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** Batches as marbles, a frame being ten milliseconds. */
async function drawn(diagram: string, options: { size: number; ms?: number }, consumer?: string): Promise<string> {
  const { output } = await marbles((source) => batch(source(diagram), options), {
    ...(consumer === undefined ? {} : { consumer }),
    show: (items) => `(${(items as string[]).join('')})`,
    onFrame: () => vi.advanceTimersByTime(frameMs),
  })
  return output
}

describe('batch by size', () => {
  test.each([
    ['abcd|', 2, '-(ab)-(cd)|'],
    ['abc--|', 2, '-(ab)---[(c)|]'],
    ['[abcde]|', 2, '[(ab)(cd)][(e)|]'],
    ['a-b-|', 1, '(a)-(b)-|'],
    ['a-b-|', 9, '----[(ab)|]'],
    ['---|', 3, '---|'],
    ['|', 3, '|'],
  ])('%s in batches of %i is %s', async (diagram, size, output) => {
    expect(await drawn(diagram, { size })).toBe(output)
  })

  test.each([
    ['ab-#', 3, '---[(ab)#]'],
    ['ab#', 2, '-(ab)#'],
    ['--#', 2, '--#'],
  ])('before an error what was gathered is given: %s in batches of %i is %s', async (diagram, size, output) => {
    expect(await drawn(diagram, { size })).toBe(output)
  })

  test('falsy items are data', async () => {
    const falsy = [undefined, null, 0, '', false, NaN]
    expect(await readAll(batch(falsy, { size: 4 }))).toEqual([falsy.slice(0, 4), falsy.slice(4)])
  })

  test("a batch is the consumer's to keep", async () => {
    const batches = await readAll(batch('abcd', { size: 2 }))
    batches[0]?.push('x')
    expect(batches).toEqual([
      ['a', 'b', 'x'],
      ['c', 'd'],
    ])
  })

  test('the source is asked for as many as there is room for, and for none while the consumer holds a batch', async () => {
    const probe = new ProbeSource({ items: 'abcdefgh' })
    const stream = batch(probe, { size: 3 })
    await stream.next()
    await settle()
    expect(probe).toMatchObject({ asked: 3, outstanding: 0 })
    await stream.next()
    await settle()
    expect(probe).toMatchObject({ asked: 6, outstanding: 0, mostOutstanding: 1 })
    await stream.return()
    expect(probe.closed).toBe(1)
  })

  test('a turn of the event loop in between makes it ask for no more than that', async () => {
    const probe = new ProbeSource({ items: Array.from({ length: 2000 }, (_, index) => index) })
    const stream = batch(probe, { size: 1024 })
    await stream.next()
    await settle()
    expect(probe.asked).toBe(1024)
    await stream.return()
    const timed = new ProbeSource<number>({ items: [0] })
    const byTime = batch(timed, { size: 1023, ms: 1 })
    const first = byTime.next()
    await settle()
    vi.advanceTimersByTime(1)
    await first
    timed.give(...Array.from({ length: 2000 }, (_, index) => index))
    await settle()
    expect(timed).toMatchObject({ asked: 1024, outstanding: 0 })
    await byTime.return()
  })

  test('without ms no timer runs', async () => {
    const stream = batch(new ProbeSource({ items: 'a' }), { size: 3 })
    const next = stream.next()
    await settle()
    expect(vi.getTimerCount()).toBe(0)
    await stream.return()
    await next
  })
})

describe('batch by time', () => {
  test.each([
    // Two frames after the first of them.
    ['a------|', 9, '--(a)----|'],
    ['ab-c---|', 9, '--(ab)--(c)-|'],
    ['-----a-|', 9, '-------[(a)|]'],
    ['---|', 9, '---|'],
    // The time is counted from the first item of the batch, not from the batch before, nor from the last item.
    ['a----b----|', 9, '--(a)----(b)--|'],
    ['[ab]c----|', 2, '(ab)--(c)--|'],
    // What is full is given at once, and its time is over.
    ['[ab]----c|', 2, '(ab)-----[(c)|]'],
    ['a-#', 9, '--[(a)#]'],
  ])('%s in batches of %i, or of two frames, is %s', async (diagram, size, output) => {
    expect(await drawn(diagram, { size, ms: 2 * frameMs })).toBe(output)
  })

  test.each([
    // Asked for one more when the batch was given, the source goes on with the next one, which is given when it is asked for.
    ['a---bcd----|', 9, '?--------?', '--(a)------(bcd)'],
    // It is full: no more is asked for.
    ['a---bcdefg-|', 3, '?--------?-?', '--(a)------(bcd)-(efg)'],
    // It is asked for before its time is over.
    ['a---bc----|', 9, '?----?', '--(a)---(bc)'],
    // What was gathered while nobody waited comes before the end, or the error.
    ['a---bc|', 9, '?--------??', '--(a)------(bc)|'],
    ['a---bc#', 9, '?--------??', '--(a)------(bc)#'],
  ])('%s in batches of %i, or of two frames, asked for at %s, is %s', async (diagram, size, consumer, output) => {
    expect(await drawn(diagram, { size, ms: 2 * frameMs }, consumer)).toBe(output)
  })

  test('when a batch was given by time, what is filled though nobody waits is one batch at most', async () => {
    const probe = new ProbeSource<number>({ items: [1] })
    const stream = batch(probe, { size: 3, ms: 20 })
    const first = stream.next()
    await settle()
    vi.advanceTimersByTime(20)
    expect(await first).toEqual({ done: false, value: [1] })
    expect(probe).toMatchObject({ asked: 2, outstanding: 1 })
    probe.give(2, 3, 4, 5)
    await settle()
    vi.advanceTimersByTime(1000)
    await settle()
    expect(probe).toMatchObject({ asked: 4, outstanding: 0 })
    expect(await stream.next()).toEqual({ done: false, value: [2, 3, 4] })
    await settle()
    expect(probe.outstanding).toBe(0)
    await stream.return()
  })

  test('a batch whose time is over before it is asked for goes on being filled until it is', async () => {
    const probe = new ProbeSource<number>({ items: [1] })
    const stream = batch(probe, { size: 9, ms: 20 })
    const first = stream.next()
    await settle()
    vi.advanceTimersByTime(20)
    await first
    probe.give(2)
    await settle()
    vi.advanceTimersByTime(1000)
    probe.give(3)
    await settle()
    expect(await stream.next()).toEqual({ done: false, value: [2, 3] })
    await stream.return()
  })

  test('ms: 0 gives what came together', async () => {
    const probe = new ProbeSource<string>()
    const stream = batch(probe, { size: 9, ms: 0 })
    const first = stream.next()
    probe.give('a', 'b')
    await settle()
    expect(await stateOf(first)).toBe('pending')
    vi.advanceTimersByTime(1)
    expect(await first).toEqual({ done: false, value: ['a', 'b'] })
    await stream.return()
  })

  test('a source that is always ready does not keep the time from coming', async () => {
    vi.useRealTimers()
    let given = 0
    async function* endless(): AsyncGenerator<number> {
      while (given < 1_000_000) yield given++
      throw new Error('The time never came')
    }
    const stream = batch(endless(), { size: Number.MAX_SAFE_INTEGER, ms: 1 })
    const { value } = await stream.next()
    expect(value?.[0]).toBe(0)
    await stream.return()
  })

  test('a source that is always ready has 1,024 items at most between two turns of the event loop', async () => {
    let given = 0
    let most = 0
    function* many(): Generator<number> {
      for (; given < 20_000; given++) yield given
    }
    const watch = { isOver: false }
    const watching = (async () => {
      while (!watch.isOver) {
        const before = given
        await turn()
        most = Math.max(most, given - before)
      }
    })()
    for await (const _ of batch(many(), { size: 100 }));
    watch.isOver = true
    await watching
    expect(most).toBeLessThanOrEqual(1024)
  })
})

describe('batch leaves no timer behind', () => {
  const begun = async (
    then?: 'end' | { error: unknown },
    signal?: AbortSignal,
  ): Promise<[ProbeSource, Promise<unknown>, () => Promise<unknown>]> => {
    const probe = new ProbeSource({ items: ['a'], ...(then === undefined ? {} : { then }) })
    const stream = batch(probe, { size: 2, ms: 1000, signal })
    const next = stream.next()
    next.catch(() => undefined)
    await settle()
    return [probe, next, () => stream.return()]
  }

  test('while it is filled there is one, and when it is given by size none', async () => {
    const [probe, next] = await begun()
    expect(vi.getTimerCount()).toBe(1)
    probe.give('b')
    await next
    expect(vi.getTimerCount()).toBe(0)
  })

  test('at the end', async () => {
    const [, next] = await begun('end')
    await next
    expect(vi.getTimerCount()).toBe(0)
  })

  test('at an error', async () => {
    const [, next] = await begun({ error: 'e' })
    await next
    expect(vi.getTimerCount()).toBe(0)
  })

  test('when it is left', async () => {
    const [probe, next, leave] = await begun()
    await leave()
    expect(await next).toEqual({ done: true, value: undefined })
    expect(probe.closed).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('when it is aborted, and what was gathered is dropped', async () => {
    const controller = new AbortController()
    const [probe, next] = await begun(undefined, controller.signal)
    controller.abort('enough')
    expect(await rejectionOf(next)).toBe('enough')
    expect(probe.closed).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('batch and its source', () => {
  test('concurrent next() calls are given batch after batch', async () => {
    const stream = batch('abcde', { size: 2 })
    const all = await Promise.all([0, 1, 2, 3].map(() => stream.next()))
    expect(all.map(({ value }) => value)).toEqual([['a', 'b'], ['c', 'd'], ['e'], undefined])
  })

  test('the error of the source is thrown to the second of two that wait, when the first was given what there was', async () => {
    const error = new Error('e')
    const stream = batch(new ProbeSource({ items: ['a'], then: { error } }), { size: 2 })
    const [first, second, third] = [stream.next(), stream.next(), stream.next()]
    expect(await first).toEqual({ done: false, value: ['a'] })
    expect(await rejectionOf(second)).toBe(error)
    expect(await third).toEqual({ done: true, value: undefined })
  })

  test('a function source is told by its signal, and awaited', async () => {
    const slow = gate()
    const probe = new ProbeSource({ onReturn: () => slow.promise })
    const stream = batch(probe.open, { size: 2 })
    const next = stream.next()
    await settle()
    const left = stream.return()
    expect(await next).toEqual({ done: true, value: undefined })
    expect(probe.signal?.aborted).toBe(true)
    expect(await stateOf(left)).toBe('pending')
    slow.open()
    await left
  })

  test('a source that does not close is let go after 5,000 ms', async () => {
    const stream = batch(new ProbeSource({ items: 'ab', onReturn: () => new Promise(() => undefined) }), { size: 2 })
    await stream.next()
    const left = stream.return()
    left.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(5000)
    expect(await rejectionOf(left)).toBeInstanceOf(CleanupTimeoutError)
  })

  test('an abort throws its reason with what went wrong beside it', async () => {
    const controller = new AbortController()
    const reason = new Error('stop')
    const probe = new ProbeSource({ onReturn: () => Promise.reject('closing') })
    const next = batch(probe, { size: 2, signal: controller.signal }).next()
    await settle()
    controller.abort(reason)
    expect(await rejectionOf(next)).toBe(reason)
    expect(suppressedErrors(reason)).toEqual(['closing'])
  })

  test('in a merge that is left, a generator that waits for a batch is ended, and so is what the batch waits for', async () => {
    const log: string[] = []
    const queue = new Queue<number>({ capacity: 1 })
    async function* inner(): AsyncGenerator<number> {
      try {
        for await (const item of queue) yield item
      } finally {
        log.push('inner')
      }
    }
    async function* outer(): AsyncGenerator<number> {
      try {
        for await (const items of batch(inner(), { size: 2 })) yield items.length
        log.push('not reached')
      } finally {
        log.push('outer')
      }
    }
    const stream = merge([outer()])
    const next = stream.next()
    queue.tryPut(1)
    await settle()
    await stream.return()
    await next
    expect(log).toEqual(['inner', 'outer'])
  })
})

describe('batch refuses at the call', () => {
  const source = new ProbeSource()

  test.each([
    [undefined, 'batch: options must be an object, not undefined'],
    [{}, 'size must be a whole number of at least 1, not undefined'],
    [{ size: 0 }, 'size must be a whole number of at least 1, not 0'],
    [{ size: 1.5 }, 'size must be a whole number of at least 1, not 1.5'],
    [{ size: '2' }, "size must be a whole number of at least 1, not '2'"],
    [{ size: 2, ms: -1 }, 'ms must be a number of milliseconds from 0 to 2147483647, not -1'],
    [{ size: 2, ms: Infinity }, 'ms must be a number of milliseconds from 0 to 2147483647, not Infinity'],
    [{ size: 2, ms: '5' }, "ms must be a number of milliseconds from 0 to 2147483647, not '5'"],
    [{ size: 2, maxMs: 5 }, "batch: no option 'maxMs'; it takes size, ms, signal"],
    [{ size: 2, signal: {} }, 'signal must be an AbortSignal, not an object (Object)'],
  ])('%j: %s', (options, message) => {
    expect(() => batch(source, options as never)).toThrow(message)
    expect(source.opened).toBe(0)
  })

  test('what is no source', () => {
    expect(() => batch(5 as never, { size: 1 })).toThrow(/^Source 'source' must be an iterable.*, not 5/)
  })
})

test('1,000 random paces: nothing lost or moved, no batch empty or too large, each as soon as it may be and not before', async () => {
  const pace = fc.record({
    /** Milliseconds from one item to the next, an even number. */
    gaps: fc.array(
      fc.nat(6).map((gap) => 2 * gap),
      { maxLength: 12 },
    ),
    /** Milliseconds that the consumer takes for each batch, an even number. */
    pauses: fc.array(
      fc.nat(8).map((pause) => 2 * pause),
      { maxLength: 12 },
    ),
    size: fc.integer({ min: 1, max: 4 }),
    /** Odd, so that no item comes just when the time is over. */
    ms: fc.option(
      fc.nat(9).map((ms) => 2 * ms + 1),
      { nil: undefined },
    ),
    fails: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(pace, async ({ gaps, pauses, size, ms, fails }) => {
      let now = 0
      let isWaiting = false
      const arrivals: number[] = []
      const given: { items: number[]; at: number; askedAt: number }[] = []
      let unread = 0
      let mostUnread = 0
      let askedWhileHeld = 0
      const wait = (time: number): Promise<void> =>
        time === 0 ? Promise.resolve() : new Promise((resolve) => void setTimeout(resolve, time))
      const source = {
        async *[Symbol.asyncIterator](): AsyncGenerator<number> {
          for (const [index, gap] of gaps.entries()) {
            if (!isWaiting && unread === 0) askedWhileHeld++
            await wait(gap)
            arrivals.push(now)
            mostUnread = Math.max(mostUnread, ++unread)
            yield index
          }
          if (fails) throw 'failure'
        },
      }
      const thrown: unknown[] = []
      const reading = (async () => {
        const stream = batch(source, { size, ms })
        try {
          for (let round = 0; ; round++) {
            const askedAt = now
            isWaiting = true
            const result = await stream.next()
            isWaiting = false
            if (result.done === true) break
            unread -= result.value.length
            given.push({ items: result.value, at: now, askedAt })
            await wait(pauses[round] ?? 0)
          }
        } catch (error) {
          thrown.push(error)
        }
      })()
      const state = { isOver: false }
      void reading.then(() => (state.isOver = true))
      for (; !state.isOver && now < 1000; now++) {
        await settle()
        vi.advanceTimersByTime(1)
      }
      expect(state.isOver).toBe(true)
      expect(given.flatMap(({ items }) => items)).toEqual(gaps.map((_, index) => index))
      expect(thrown).toEqual(fails ? ['failure'] : [])
      expect(mostUnread).toBeLessThanOrEqual(size)
      // Without time nothing is asked for while the consumer holds a batch; with it, the item that was asked for already.
      if (ms === undefined) expect(askedWhileHeld).toBe(0)
      for (const [index, { items, at, askedAt }] of given.entries()) {
        expect(items.length).toBeGreaterThan(0)
        expect(items.length).toBeLessThanOrEqual(size)
        const times = items.map((item) => arrivals[item] ?? 0)
        const [first = 0, last = 0] = [times[0], times.at(-1)]
        const isLast = index === given.length - 1
        const dueAt = items.length === size || isLast ? last : first + (ms ?? 0)
        if (isLast && items.length < size) expect(at).toBeGreaterThanOrEqual(last)
        else expect(at).toBe(Math.max(dueAt, askedAt))
        if (ms !== undefined) expect(at).toBeLessThanOrEqual(Math.max(first + ms, askedAt))
      }
      expect(vi.getTimerCount()).toBe(0)
    }),
    { numRuns: 1000 },
  )
}, 120_000)
