import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CleanupTimeoutError, IdleTimeoutError } from '../../src/core/errors.ts'
import { idleTimeout } from '../../src/core/idle-timeout.ts'
import { merge } from '../../src/core/merge.ts'
import { Queue } from '../../src/core/queue.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { marbles } from '../support/marbles.ts'
import { gate, ProbeSource, readAll } from '../support/probe-source.ts'
import { rejectionOf, settle, stateOf, turn } from '../support/turn.ts'

/** Milliseconds of a frame. */
const frameMs = 10

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

describe('idleTimeout', () => {
  test.each([
    ['a-b-c|', 'a-b-c|'],
    // In the third frame after the item that was the last it is too late.
    ['ab-----c|', 'ab--#'],
    ['------a|', '---#'],
    ['a-b-c---d|', 'a-b-c--#'],
    ['a--b|', 'a--#'],
    ['ab#', 'ab#'],
    ['|', '|'],
  ])('%s with a limit just below three frames is %s', async (diagram, output) => {
    const limitMs = 3 * frameMs - 1
    const reading = marbles((source) => idleTimeout(source(diagram), limitMs), {
      onFrame: () => vi.advanceTimersByTime(frameMs),
    })
    expect((await reading).output).toBe(output)
  })

  test.each([
    ['a------b|', '?------?', 'a------b'],
    // Asked for at frame 5, it may come until frame 8.
    ['a-----------b|', '?----?', 'a-------#'],
    ['a-----b----------|', '?----?--?', 'a-----b----#'],
  ])('the time that the consumer takes does not count: %s asked for at %s is %s', async (diagram, consumer, output) => {
    const limitMs = 3 * frameMs - 1
    const reading = marbles((source) => idleTimeout(source(diagram), limitMs), {
      consumer,
      onFrame: () => vi.advanceTimersByTime(frameMs),
    })
    expect((await reading).output).toBe(output)
  })

  test('the error names the limit and says what to do, and comes when the source is closed', async () => {
    const slow = gate()
    const probe = new ProbeSource({ onReturn: () => slow.promise })
    const stream = idleTimeout(probe.open, 250)
    const next = stream.next()
    next.catch(() => undefined)
    await settle()
    vi.advanceTimersByTime(249)
    await settle()
    expect(probe.closed).toBe(0)
    vi.advanceTimersByTime(1)
    await settle()
    expect(probe.closed).toBe(1)
    expect(await stateOf(next)).toBe('pending')
    slow.open()
    const error = await rejectionOf(next)
    expect(error).toBeInstanceOf(IdleTimeoutError)
    expect(error).toMatchObject({
      name: 'IdleTimeoutError',
      idleMs: 250,
      message: 'No item came within 250 ms, and the source was stopped; raise idleMs if it may be silent for longer',
    })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a plain source that does not answer does not hold up the error', async () => {
    const stuck = new ProbeSource({ isStuck: true, onReturn: () => new Promise(() => undefined) })
    const next = idleTimeout(stuck, 250).next()
    next.catch(() => undefined)
    await settle()
    vi.advanceTimersByTime(250)
    expect(await rejectionOf(next)).toBeInstanceOf(IdleTimeoutError)
    expect(stuck.closed).toBe(1)
  })

  test('a function source is told by its signal and awaited, for 5,000 ms at most, which is suppressed on the error', async () => {
    const stuck = new ProbeSource({ isStuck: true, onReturn: () => new Promise(() => undefined) })
    const next = idleTimeout(stuck.open, 250).next()
    next.catch(() => undefined)
    await settle()
    vi.advanceTimersByTime(250)
    await settle()
    expect(stuck.signal?.aborted).toBe(true)
    expect(await stateOf(next)).toBe('pending')
    vi.advanceTimersByTime(5000)
    const error = await rejectionOf(next)
    expect(error).toBeInstanceOf(IdleTimeoutError)
    expect(suppressedErrors(error)).toMatchObject([{ name: 'CleanupTimeoutError', key: 'source' }])
    expect(suppressedErrors(error)[0]).toBeInstanceOf(CleanupTimeoutError)
  })

  test('what goes wrong while the source stops is suppressed on the error', async () => {
    const probe = new ProbeSource({ onReturn: () => Promise.reject('closing') })
    const next = idleTimeout(probe, 250).next()
    next.catch(() => undefined)
    await settle()
    vi.advanceTimersByTime(250)
    expect(suppressedErrors(await rejectionOf(next))).toEqual(['closing'])
  })

  test('with several next() waiting, each item gives the next one its whole time; at the limit the others are done', async () => {
    const probe = new ProbeSource<string>()
    const stream = idleTimeout(probe, 100)
    const [first, second, third] = [stream.next(), stream.next(), stream.next()]
    second.catch(() => undefined)
    await settle()
    vi.advanceTimersByTime(90)
    probe.give('a')
    expect(await first).toEqual({ done: false, value: 'a' })
    vi.advanceTimersByTime(99)
    await settle()
    expect(await stateOf(second)).toBe('pending')
    vi.advanceTimersByTime(1)
    expect(await rejectionOf(second)).toBeInstanceOf(IdleTimeoutError)
    expect(await third).toEqual({ done: true, value: undefined })
  })

  test('falsy items are items', async () => {
    const falsy = [undefined, null, 0, '', false, NaN]
    expect(await readAll(idleTimeout(falsy, 10))).toEqual(falsy)
  })

  test('one timer serves many items, and none is there when it has ended', async () => {
    const stream = idleTimeout('abc', 100)
    expect(vi.getTimerCount()).toBe(0)
    for (const letter of 'abc') {
      expect(await stream.next()).toEqual({ done: false, value: letter })
      expect(vi.getTimerCount()).toBe(1)
    }
    await stream.next()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a timer that fires while the consumer holds an item is not set again before the next one is asked for', async () => {
    const stream = idleTimeout(new ProbeSource({ items: 'a' }), 100)
    await stream.next()
    vi.advanceTimersByTime(100)
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(1000)
    const next = stream.next()
    vi.advanceTimersByTime(99)
    expect(await stateOf(next)).toBe('pending')
    await stream.return()
    expect(await next).toEqual({ done: true, value: undefined })
    expect(vi.getTimerCount()).toBe(0)
  })

  test.each([
    ['an error', { error: 'e' }],
    ['the end', 'end'],
  ] as const)('no timer is left at %s', async (_, then) => {
    const stream = idleTimeout(new ProbeSource({ then }), 100)
    await stream.next().catch(() => undefined)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('no timer is left at an abort', async () => {
    const controller = new AbortController()
    const next = idleTimeout(new ProbeSource(), 100, { signal: controller.signal }).next()
    controller.abort('enough')
    expect(await rejectionOf(next)).toBe('enough')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('in a merge, the silence of a generator in between is that of its source: what waits in it is ended', async () => {
    const log: string[] = []
    const queue = new Queue<number>({ capacity: 1 })
    async function* never(): AsyncGenerator<number> {
      try {
        for await (const item of queue) if (item < 0) yield item
      } finally {
        log.push('unwound')
      }
    }
    const next = merge([idleTimeout(never(), 100)]).next()
    next.catch(() => undefined)
    queue.tryPut(1)
    await settle()
    vi.advanceTimersByTime(100)
    expect(await rejectionOf(next)).toBeInstanceOf(IdleTimeoutError)
    expect(log).toEqual(['unwound'])
  })

  test('in a merge that is left, a generator that waits for it is ended', async () => {
    const log: string[] = []
    const probe = new ProbeSource()
    async function* waiting(): AsyncGenerator {
      try {
        for await (const item of idleTimeout(probe, 100)) yield item
        log.push('not reached')
      } finally {
        log.push('unwound')
      }
    }
    const stream = merge([waiting()])
    const next = stream.next()
    await settle()
    await stream.return()
    await next
    expect(log).toEqual(['unwound'])
    expect(probe.closed).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('idleTimeout, where the event loop is held up beyond the limit', () => {
  beforeEach(() => void vi.useRealTimers())

  /** Asks, and holds up the event loop until the limit of 20 ms has long passed. */
  async function askAndHoldUp(source: AsyncIterable<string>, calls = 1): Promise<IteratorResult<string, undefined>[]> {
    const stream = idleTimeout(source, 20)
    // In Node timers come next from here, and only then what `turn()` waits for.
    await turn()
    const all = Array.from({ length: calls }, () => stream.next())
    const until = performance.now() + 60
    while (performance.now() < until);
    const results = await Promise.all(all)
    await stream.return()
    return results
  }

  test('gives what has come in time', async () => {
    async function* source(): AsyncGenerator<string> {
      await turn()
      yield 'in time'
    }
    expect(await askAndHoldUp(source())).toEqual([{ done: false, value: 'in time' }])
  })

  test('gives the end that has come in time', async () => {
    async function* source(): AsyncGenerator<string> {
      await turn()
    }
    expect(await askAndHoldUp(source())).toEqual([{ done: true, value: undefined }])
  })

  test('gives what is asked for in the turn of the last look its whole time', async () => {
    async function* source(): AsyncGenerator<string> {
      await turn()
      yield 'in time'
      for (let i = 0; i < 5; i++) await turn()
      yield 'soon after'
    }
    expect((await askAndHoldUp(source(), 2)).map(({ value }) => value)).toEqual(['in time', 'soon after'])
  })

  test('fails where nothing has', async () => {
    expect(await rejectionOf(askAndHoldUp(new ProbeSource<string>()))).toBeInstanceOf(IdleTimeoutError)
  })
})

describe('idleTimeout refuses at the call', () => {
  test.each([
    [0, 'idleMs must be a number of milliseconds from 1 to 2147483647, not 0'],
    [NaN, 'idleMs must be a number of milliseconds from 1 to 2147483647, not NaN'],
    [Infinity, 'idleMs must be a number of milliseconds from 1 to 2147483647, not Infinity'],
    ['5', "idleMs must be a number of milliseconds from 1 to 2147483647, not '5'"],
    [undefined, 'idleMs must be a number of milliseconds from 1 to 2147483647, not undefined'],
    [{ idleMs: 5 }, 'idleMs must be a number of milliseconds from 1 to 2147483647, not an object (Object)'],
  ])('idleTimeout(source, %j): %s', (idleMs, message) => {
    const source = new ProbeSource()
    expect(() => idleTimeout(source, idleMs as never)).toThrow(message)
    expect(source.opened).toBe(0)
  })

  test('what is no source, and an option that is not known', () => {
    expect(() => idleTimeout(5 as never, 5)).toThrow(TypeError)
    expect(() => idleTimeout([], 5, { timeout: 5 } as never)).toThrow(
      "idleTimeout: no option 'timeout'; it takes signal",
    )
    expect(() => idleTimeout([], 5, null as never)).toThrow('idleTimeout: options must be an object, not null')
  })
})

test('1,000 random paces: fails just when a next() has waited for the limit, and gives everything that came before', async () => {
  const pace = fc.record({
    /** Milliseconds that the source takes for each item, once asked. */
    gaps: fc.array(fc.nat(12), { maxLength: 8 }),
    /** Milliseconds that the consumer takes for each item. */
    pauses: fc.array(fc.nat(20), { maxLength: 8 }),
    idleMs: fc.integer({ min: 1, max: 12 }),
    ending: fc.constantFrom('ends', 'fails', 'stalls'),
  })
  await fc.assert(
    fc.asyncProperty(pace, async ({ gaps, pauses, idleMs, ending }) => {
      let now = 0
      const wait = (time: number): Promise<void> =>
        time === 0 ? Promise.resolve() : new Promise((resolve) => void setTimeout(resolve, time))
      const source = {
        async *[Symbol.asyncIterator](): AsyncGenerator<number> {
          for (const [index, gap] of gaps.entries()) {
            await wait(gap)
            yield index
          }
          if (ending === 'fails') throw 'failure'
          if (ending === 'stalls') await wait(1000)
        },
      }
      const seen: number[] = []
      let end: { error?: unknown; at: number } | undefined
      const reading = (async () => {
        const stream = idleTimeout(source, idleMs)
        try {
          for (let round = 0; ; round++) {
            const result = await stream.next()
            if (result.done === true) break
            seen.push(result.value)
            await wait(pauses[round] ?? 0)
          }
          end = { at: now }
        } catch (error) {
          end = { error, at: now }
        }
      })()
      for (; end === undefined && now < 1000; now++) {
        await settle()
        vi.advanceTimersByTime(1)
      }
      if (end === undefined) throw new Error('It never ended')
      await reading

      const late = gaps.findIndex((gap) => gap > idleMs)
      const given = late === -1 ? gaps.length : late
      expect(seen).toEqual(gaps.slice(0, given).map((_, index) => index))
      const readFor = gaps.slice(0, given).reduce((sum, gap, index) => sum + gap + (pauses[index] ?? 0), 0)
      // The one who drives the clock hears of it a millisecond later at most.
      const isIdle = late !== -1 || ending === 'stalls'
      expect(end.at - readFor - (isIdle ? idleMs : 0)).toBeOneOf([0, 1])
      if (isIdle) expect(end.error).toBeInstanceOf(IdleTimeoutError)
      else expect(end.error).toBe(ending === 'fails' ? 'failure' : undefined)
    }),
    { numRuns: 1000 },
  )
}, 120_000)
