import { afterEach, describe, expect, test, vi } from 'vitest'
import { currentSignal } from '../../src/core/current-signal.ts'
import { merge, mergeKeyed } from '../../src/core/merge.ts'
import { Queue } from '../../src/core/queue.ts'
import { share, type ShareOptions } from '../../src/core/share.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { marblesOfMany } from '../support/marbles.ts'
import { gate, ProbeSource, readAll } from '../support/probe-source.ts'
import { rejectionOf, settle, stateOf, turn } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

afterEach(() => void vi.useRealTimers())

/** What readers of one source see that ask and leave as these diagrams say, and when the source was opened and closed. */
async function drawn(diagram: string, consumers: readonly string[], options?: ShareOptions): Promise<string[]> {
  const { outputs, spans } = await marblesOfMany((source) => {
    const shared = share(source(diagram), options)
    return consumers.map(() => shared.read())
  }, consumers)
  return [...outputs, spans.join()]
}

describe('share gives a reader', () => {
  test('every item from its first next() on', async () => {
    expect(await drawn('a-bc-d|', ['*', '--*', '----*'])).toEqual(['a-bc-d|', '--bc-d|', '-----d|', '^0'])
  })

  test('before them the last `replay` that the source gave', async () => {
    const outputs = ['a-bc-de|', '-abc-de|', '----[bc]de|', '---------[de|]']
    expect(await drawn('a-bc-de|', ['*', '-*', '----*', '---------*'], { replay: 2 })).toEqual([...outputs, '^0'])
  })

  test('that begins after an error the replay, and then the error', async () => {
    expect(await drawn('ab#', ['*', '----*'], { replay: 1 })).toEqual(['ab#', '----[b#]', '^0'])
    expect(await drawn('ab#', ['*', '----*'])).toEqual(['ab#', '----#', '^0'])
  })

  test('that begins after the last has left the replay, and then the end', async () => {
    expect(await drawn('a-b-c|', ['*--!', '-----*'], { replay: 1 })).toEqual(['a-b|', '-----[b|]', '^0!3'])
    expect(await drawn('a-b-c|', ['*--!', '-----*'])).toEqual(['a-b|', '-----|', '^0!3'])
  })

  test('falsy items too', async () => {
    const falsy = [undefined, null, 0, '', false, NaN]
    const shared = share(falsy, { replay: 3 })
    expect(await Promise.all([readAll(shared.read()), readAll(shared.read())])).toEqual([falsy, falsy])
    expect(await readAll(shared.read())).toEqual(falsy.slice(3))
  })
})

describe('the source of a share', () => {
  test('is opened once, by the first reader that is asked for an item', async () => {
    expect(await drawn('abcd|', ['--*', '---*'])).toEqual(['--[abc]d|', '---d|', '^2'])
    const probe = new ProbeSource()
    const shared = share(probe)
    shared.read()
    await shared.read().return()
    await settle()
    expect(probe.opened).toBe(0)
  })

  test('is closed when the last reader leaves, and not before', async () => {
    expect(await drawn('a-b-c-d|', ['*--!', '-*---!'])).toEqual(['a-b|', '--b-c|', '^0!5'])
  })

  test('is asked while the slowest has room for an item, so that a slow reader holds up a fast one', async () => {
    const [fast, slow] = ['*', '?---?---?---?---?---?---?']
    expect(await drawn('abcdef|', [fast, slow], { buffer: 2 })).toEqual([
      'abc-d---e---f---|',
      'a---b---c---d---e---f---|',
      '^0',
    ])
  })

  test('is held up no longer by a slow reader that leaves', async () => {
    expect(await drawn('abcdef|', ['*', '?-----!'], { buffer: 2 })).toEqual(['abc---[def|]', 'a', '^0'])
  })

  test("waits for nobody with 'drop': a slow reader loses the oldest, a fast one none", async () => {
    const [fast, slow] = ['*', '?---?---?---?---?']
    expect(await drawn('abcdef|', [fast, slow], { buffer: 2, onSlow: 'drop' })).toEqual([
      'abcdef|',
      'a---c---e---f---|',
      '^0',
    ])
  })

  test('is read up to 64 items ahead, which is the default', async () => {
    const probe = new ProbeSource({ items: Array.from({ length: 100 }, (_, index) => index) })
    const reader = share(probe).read()
    await reader.next()
    await settle()
    expect(probe).toMatchObject({ asked: 65, outstanding: 0, mostOutstanding: 1 })
    await reader.return()
  })

  test('with a buffer of 1 is asked when somebody waits, and all have read', async () => {
    const probe = new ProbeSource({ items: 'abcdef' })
    const shared = share(probe, { buffer: 1 })
    const [one, other] = [shared.read(), shared.read()]
    expect(await Promise.all([one.next(), other.next()])).toMatchObject([{ value: 'a' }, { value: 'a' }])
    await settle()
    expect(probe).toMatchObject({ asked: 1, outstanding: 0 })
    expect(await one.next()).toMatchObject({ value: 'b' })
    const waits = one.next()
    await settle()
    expect(probe).toMatchObject({ asked: 2, outstanding: 0 })
    expect(await other.next()).toMatchObject({ value: 'b' })
    expect(await waits).toMatchObject({ value: 'c' })
    await Promise.all([one.return(), other.return()])
    expect(probe.closed).toBe(1)
  })

  test('with a buffer of 1 is not asked for a reader that waited and left', async () => {
    const probe = new ProbeSource({ items: 'abcdef' })
    const shared = share(probe, { buffer: 1 })
    const [one, other] = [shared.read(), shared.read()]
    await Promise.all([one.next(), other.next()])
    await one.next()
    const waits = one.next()
    await one.return()
    await waits
    await other.next()
    await settle()
    expect(probe.asked).toBe(2)
    await other.return()
  })
})

describe('a reader that leaves', () => {
  test('waits for the closing of the source if it is the last, else for nothing', async () => {
    const slow = gate()
    const probe = new ProbeSource({ onReturn: () => slow.promise })
    const shared = share(probe)
    const [first, last] = [shared.read(), shared.read()]
    const pending = [first.next(), last.next()]
    await turn()
    await first.return()
    expect(await pending[0]).toEqual({ done: true, value: undefined })
    expect(probe.closed).toBe(0)
    const left = last.return()
    expect(await pending[1]).toEqual({ done: true, value: undefined })
    expect(probe.closed).toBe(1)
    slow.open()
    await left
  })

  test('as the last is told what goes wrong while the source is closed', async () => {
    const shared = share(new ProbeSource({ items: 'ab', onReturn: () => Promise.reject('closing') }), { replay: 1 })
    const [first, last] = [shared.read(), shared.read()]
    await Promise.all([first.next(), last.next()])
    await first.return()
    expect(await rejectionOf(last.return())).toBe('closing')
    expect(await shared.read().next()).toMatchObject({ done: false })
  })

  test('is not waited for by one that begins meanwhile, which is given the replay and the end', async () => {
    const slow = gate()
    const shared = share(new ProbeSource({ items: 'ab', onReturn: () => slow.promise }).open, { replay: 1 })
    const first = shared.read()
    await first.next()
    await settle()
    const left = first.return()
    expect(await readAll(shared.read())).toEqual(['b'])
    expect(await stateOf(left)).toBe('pending')
    slow.open()
    await left
  })

  test('by an abort rejects with its reason, and the others go on', async () => {
    const controller = new AbortController()
    const probe = new ProbeSource<string>()
    const shared = share(probe)
    const [aborted, other] = [shared.read({ signal: controller.signal }), shared.read()]
    const pending = [aborted.next(), other.next()] as const
    await turn()
    controller.abort('enough')
    expect(await rejectionOf(pending[0])).toBe('enough')
    expect(probe.closed).toBe(0)
    probe.give('a')
    expect(await pending[1]).toEqual({ done: false, value: 'a' })
    await other.return()
  })

  test('by an abort as the last passes the reason on to the source, and rejects when that is closed', async () => {
    const controller = new AbortController()
    const reason = new Error('stop')
    const slow = gate()
    const probe = new ProbeSource({ onReturn: () => slow.promise.then(() => Promise.reject('closing')) })
    const next = share(probe.open).read({ signal: controller.signal }).next()
    next.catch(() => undefined)
    await turn()
    controller.abort(reason)
    expect(probe.signal?.reason).toBe(reason)
    expect(await stateOf(next)).toBe('pending')
    slow.open()
    expect(await rejectionOf(next)).toBe(reason)
    expect(suppressedErrors(reason)).toEqual(['closing'])
  })

  test('has its `missed` still', async () => {
    const probe = new ProbeSource({ items: 'abcde' })
    const reader = share(probe, { buffer: 1, onSlow: 'drop' }).read()
    expect(reader.missed).toBe(0)
    await reader.next()
    await settle()
    expect(reader.missed).toBe(3)
    await reader.return()
    probe.give('f')
    await settle()
    expect(reader.missed).toBe(3)
  })

  test('twice, or at the end, is not the last one again', async () => {
    const probe = new ProbeSource<string>()
    const shared = share(probe)
    const [first, other] = [shared.read(), shared.read()]
    const pending = [first.next(), other.next()]
    await turn()
    await first.return()
    await first.return()
    await first[Symbol.asyncDispose]()
    expect(probe.closed).toBe(0)
    probe.end()
    expect((await Promise.all(pending)).every(({ done }) => done === true)).toBe(true)
    await other.return()
    expect(probe.closed).toBe(0)
  })
})

describe('the error of a shared source', () => {
  test('is thrown to every reader, that very object, after what it had unread, and once', async () => {
    const error = new Error('fails')
    const shared = share(new ProbeSource({ items: 'ab', then: { error } }))
    const [one, other] = [shared.read(), shared.read()]
    const first = await Promise.all([one.next(), other.next()])
    expect(first.map(({ value }) => value)).toEqual(['a', 'a'])
    await settle()
    for (const reader of [one, other]) {
      expect(await reader.next()).toEqual({ done: false, value: 'b' })
      expect(await rejectionOf(reader.next())).toBe(error)
      expect(await reader.next()).toEqual({ done: true, value: undefined })
    }
    expect(suppressedErrors(error)).toEqual([])
    expect(await rejectionOf(shared.read().next())).toBe(error)
  })

  test('may be falsy', async () => {
    const shared = share(new ProbeSource({ then: { error: undefined } }))
    const [one, other] = [shared.read(), shared.read()]
    expect(await Promise.all([rejectionOf(one.next()), rejectionOf(other.next())])).toEqual([undefined, undefined])
    expect(await rejectionOf(shared.read().next())).toBe(undefined)
  })

  test('is thrown before what was unread where a reader is aborted then', async () => {
    const controller = new AbortController()
    const reader = share(new ProbeSource({ items: 'ab', then: { error: 'e' } })).read({ signal: controller.signal })
    await reader.next()
    await settle()
    controller.abort('later')
    expect(await rejectionOf(reader.next())).toBe('e')
  })

  test('is not unhandled where nobody reads it', async () => {
    const unhandled = collectUnhandled()
    const shared = share(new ProbeSource({ items: 'a', then: { error: new Error('unseen') } }))
    const [one, other] = [shared.read(), shared.read()]
    await Promise.all([one.next(), other.next()])
    await settle()
    await one.return()
    await settle()
    expect(unhandled.stop()).toEqual([])
    await other.return()
  })

  test('that cannot be opened is thrown to every reader too', async () => {
    const shared = share(() => {
      throw new Error('cannot')
    })
    const [one, other] = [shared.read(), shared.read()]
    await expect(one.next()).rejects.toThrow('cannot')
    await expect(other.next()).rejects.toThrow('cannot')
  })
})

describe('share and the event loop', () => {
  async function* endless(): AsyncGenerator<number> {
    for (let i = 0; i < 1_000_000; i++) yield i
    throw new Error('The timer never had its turn')
  }

  test("a source that is always ready does not keep timers from their turn, though with 'drop' nobody is waited for", async () => {
    const reader = share(endless(), { onSlow: 'drop' }).read()
    await reader.next()
    await new Promise((resolve) => void setTimeout(resolve, 2))
    expect(reader.missed).toBeGreaterThan(0)
    for (let item = 0; item < 64; item++) await reader.next()
    // What is unread is read, and the source goes on.
    expect(await reader.next()).toMatchObject({ done: false })
    await reader.return()
  })

  test('nor do readers that are always ready', async () => {
    const shared = share(endless(), { buffer: 8 })
    let isOver = false
    const read = async (): Promise<void> => {
      for await (const _ of shared.read()) if (isOver) break
    }
    setTimeout(() => (isOver = true), 2)
    await Promise.all([read(), read()])
  })
})

describe('share and scopes', () => {
  test('a reader that is told to stop leaves, what stands in between unwinds, and the others read on', async () => {
    const log: string[] = []
    const probe = new ProbeSource<string>()
    const shared = share(probe)
    async function* between(name: string): AsyncGenerator<string> {
      try {
        for await (const item of shared.read()) yield name + item
        log.push('not reached')
      } finally {
        log.push(`unwound ${name}`)
      }
    }
    const [one, other] = [merge([between('x')]), merge([between('y')])]
    const pending = [one.next(), other.next()]
    await settle()
    await one.return()
    await pending[0]
    expect(log).toEqual(['unwound x'])
    expect(probe.closed).toBe(0)
    probe.give('1')
    expect(await pending[1]).toEqual({ done: false, value: 'y1' })
    const last = other.next()
    await settle()
    await other.return()
    await last
    expect(log).toEqual(['unwound x', 'unwound y'])
    expect(probe.closed).toBe(1)
  })

  test('what waits inside the source is not in the scope of the reader that happened to ask', async () => {
    const log: string[] = []
    const queue = new Queue<number>({ capacity: 1 })
    const signals: (AbortSignal | undefined)[] = []
    async function* source(): AsyncGenerator<number> {
      signals.push(currentSignal())
      try {
        for await (const item of queue) yield item
      } finally {
        log.push('closed')
      }
    }
    const shared = share(source())
    async function* asking(): AsyncGenerator<number> {
      signals.push(currentSignal())
      yield* shared.read()
    }
    const first = merge([asking()])
    const other = shared.read()
    const pending = [first.next(), other.next()]
    await settle()
    await first.return()
    await pending[0]
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, false])
    expect(log).toEqual([])
    queue.tryPut(1)
    expect(await pending[1]).toEqual({ done: false, value: 1 })
    const last = other.next()
    await settle()
    await other.return()
    await last
    expect(log).toEqual(['closed'])
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true])
  })

  test('a merge of all readers closes the source once, and awaits it', async () => {
    const slow = gate()
    const probe = new ProbeSource<string>({ items: ['a'], onReturn: () => slow.promise })
    const shared = share(probe.open)
    const stream = mergeKeyed({ x: shared.read(), y: shared.read() })
    expect([(await stream.next()).value, (await stream.next()).value]).toEqual([
      ['x', 'a'],
      ['y', 'a'],
    ])
    const left = stream.return()
    expect(await stateOf(left)).toBe('pending')
    expect(probe.closed).toBe(1)
    slow.open()
    await left
  })
})

test('a source that does not close is let go after 5,000 ms, and that is told to the reader that left last', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const reader = share(new ProbeSource({ items: 'a', onReturn: () => new Promise(() => undefined) }), {
    buffer: 1,
  }).read()
  await reader.next()
  const left = reader.return()
  left.catch(() => undefined)
  await vi.advanceTimersByTimeAsync(5000)
  expect(await rejectionOf(left)).toMatchObject({ name: 'CleanupTimeoutError', key: 'source', timeoutMs: 5000 })
  expect(vi.getTimerCount()).toBe(0)
})

describe('share refuses at the call', () => {
  test.each([
    [{ replay: -1 }, 'replay must be a whole number of at least 0, not -1'],
    [{ replay: 1.5 }, 'replay must be a whole number of at least 0, not 1.5'],
    [{ replay: Infinity }, 'replay must be a whole number of at least 0, not Infinity'],
    [{ buffer: 0 }, 'buffer must be a whole number of at least 1, not 0'],
    [{ buffer: '1' }, "buffer must be a whole number of at least 1, not '1'"],
    [{ onSlow: 'block' }, "onSlow must be one of 'wait', 'drop', not 'block'"],
    [{ bufferSize: 1 }, "share: no option 'bufferSize'; did you mean 'buffer'?"],
    [null, 'share: options must be an object, not null'],
  ])('%j: %s', (options, message) => {
    const source = new ProbeSource()
    expect(() => share(source, options as never)).toThrow(message)
    expect(source.opened).toBe(0)
  })

  test('what is no source', () => {
    expect(() => share(5 as never)).toThrow(TypeError)
  })

  test('of a reader, what is no signal and an option that is not known', () => {
    const shared = share([1])
    expect(() => shared.read({ signal: 5 as never })).toThrow('signal must be an AbortSignal, not 5')
    expect(() => shared.read({ replay: 5 } as never)).toThrow("read: no option 'replay'; it takes signal")
    expect(() => shared.read(null as never)).toThrow('read: options must be an object, not null')
  })
})
