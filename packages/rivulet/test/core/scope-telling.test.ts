import { describe, expect, test } from 'vitest'
import { currentSignal, fromFunction, merge, mergeKeyed, Queue, type Source } from '../../src/core/index.ts'
import type { ClosableIterator } from '../../src/core/closable-iterator.ts'
import { gate, ProbeSource } from '../support/probe-source.ts'
import { behind, through, Trace } from '../support/scoped.ts'
import { rejectionOf, settle, stateOf } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

const queue = <T = string>(): Queue<T> => new Queue<T>({ capacity: 4 })
const done = { done: true, value: undefined }

/** Begins to read a source, and gives what leaves it. */
async function begin(source: Source<unknown>): Promise<() => Promise<void>> {
  const stream = merge([source])
  const next = stream.next()
  await settle()
  return async () => {
    await stream.return()
    await next
  }
}

/** A source of which one `next()` is given, and whose `return()` is done at once and ends nothing. */
function handWritten(next: () => Promise<IteratorResult<unknown>>): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator]: () => ({ next, return: () => Promise.resolve(done as IteratorReturnResult<undefined>) }),
  }
}

describe('a source that waits is told', () => {
  test('by its signal first, then by the end of what it waits for, and before return() is called on any', async () => {
    const log: string[] = []
    const make = (name: string): Source<unknown> => {
      const inner = merge([(signal: AbortSignal) => (listen(signal, `inside ${name}`), new ProbeSource())])
      return (signal) => {
        listen(signal, `signal ${name}`)
        return {
          [Symbol.asyncIterator]: () => ({
            next: () => inner.next(),
            return: () => (log.push(`return ${name}`), Promise.resolve(done as IteratorReturnResult<undefined>)),
          }),
        }
      }
    }
    const listen = (signal: AbortSignal, name: string): void => signal.addEventListener('abort', () => log.push(name))
    const stream = mergeKeyed({ a: make('a'), b: make('b') })
    const next = stream.next()
    await settle()
    const left = stream.return()
    expect(log).toEqual(['signal a', 'inside a', 'signal b', 'inside b', 'return a', 'return b'])
    await Promise.all([left, next])
  })

  test('the reason of the abort, at every depth the very one', async () => {
    const reason = { why: 'enough' }
    const [outer, inner, controller] = [new Trace(), new Trace(), new AbortController()]
    let signal: AbortSignal | undefined
    async function* innermost(): AsyncGenerator<string> {
      signal = currentSignal()
      yield* through(queue(), inner)
    }
    const next = merge([behind(1, merge([innermost()]), outer)], { signal: controller.signal }).next()
    await settle()
    controller.abort(reason)
    expect(await rejectionOf(next)).toBe(reason)
    expect([outer.told, inner.told, signal?.reason]).toEqual([[reason], [reason], reason])
  })

  test('an AbortError where the consumer left, one and the same for all', async () => {
    const traces = [new Trace(), new Trace()]
    const stream = merge(traces.map((trace) => behind(2, queue(), trace)))
    const next = stream.next()
    await settle()
    await stream.return()
    await next
    const told = traces.flatMap((trace) => trace.told)
    expect(told).toHaveLength(4)
    expect(told[0]).toMatchObject({ name: 'AbortError' })
    expect(new Set(told).size).toBe(1)
  })
})

describe('a source that is busy with something else when it is told', () => {
  test('hears it at its next wait for a stream that it has read', async () => {
    const [items, foreign, trace] = [queue(), gate(), new Trace()]
    async function* busy(): AsyncGenerator<string> {
      for await (const item of through(items, trace)) {
        await foreign.promise
        if (item === 'never') yield item
      }
    }
    items.tryPut('first')
    const left = (await begin(busy()))()
    expect(await stateOf(left)).toBe('pending')
    items.tryPut('after')
    foreign.open()
    await left
    // A Queue of several consumers keeps what nobody took.
    expect(items.size).toBe(1)
    expect(trace).toMatchObject({ passed: 0, unwound: 1 })
    expect(trace.told[0]).toMatchObject({ name: 'AbortError' })
  })

  test.each(['merge', 'Queue', 'get()'])(
    'and has asked ahead, of a %s, leaves no rejection unhandled',
    async (kind) => {
      const unhandled = collectUnhandled()
      const [items, foreign] = [queue(), gate()]
      const stream = kind === 'merge' ? merge([items]) : items[Symbol.asyncIterator]()
      const seen: unknown[] = []
      async function* ahead(): AsyncGenerator {
        const asked = kind === 'get()' ? [items.get(), items.get()] : [stream.next(), stream.next()]
        await foreign.promise
        for (const call of asked) seen.push(await call.catch((error: unknown) => error))
        yield* []
      }
      const left = (await begin(ahead()))()
      await settle()
      expect(unhandled.stop()).toEqual([])
      foreign.open()
      await left
      expect(seen).toMatchObject([{ name: 'AbortError' }, { name: 'AbortError' }])
    },
  )

  test('is told the error that had come before, and not what came before that', async () => {
    const [probe, foreign, failure] = [new ProbeSource<string>(), gate(), new Error('came first')]
    const inner = merge([probe], { buffer: 3 })
    const trace = new Trace()
    async function* busy(): AsyncGenerator<string> {
      for await (const item of through(inner, trace)) {
        await foreign.promise
        if (item !== 'first') yield item
      }
    }
    const stream = merge([busy()])
    const next = stream.next()
    probe.give('first', 'unread')
    probe.fail(failure)
    await settle()
    const left = rejectionOf(stream.return())
    foreign.open()
    expect(await left).toBe(failure)
    await next
    expect(trace).toMatchObject({ passed: 0, told: [failure] })
  })
})

test.each(['merge', 'Queue'])(
  'a stream that was told while nobody waited, and is left then, is done: a %s',
  async (kind) => {
    const [items, foreign] = [queue(), gate()]
    items.tryPut('item')
    const inner = kind === 'merge' ? merge([items]) : items[Symbol.asyncIterator]()
    async function* busy(): AsyncGenerator {
      await inner.next()
      await foreign.promise
      expect(await inner.return()).toEqual(done)
      expect(await inner.next()).toEqual(done)
      yield* []
    }
    const left = (await begin(busy()))()
    foreign.open()
    await left
  },
)

describe('an idle source', () => {
  test('finds its signal aborted when its return() is called', async () => {
    const log: string[] = []
    async function* idle(): AsyncGenerator<string> {
      const signal = currentSignal()
      signal?.addEventListener('abort', () => log.push('abort'))
      try {
        yield 'item'
      } finally {
        log.push(`finally, aborted: ${String(signal?.aborted)}`)
      }
    }
    for await (const _ of merge([idle()])) break
    expect(log).toEqual(['abort', 'finally, aborted: true'])
  })

  test('closes what it has open by itself: its streams are not told', async () => {
    const probe = new ProbeSource<string>()
    const inner = merge([probe])
    const waiting: Promise<unknown>[] = []
    const stream = merge([
      handWritten(() => {
        waiting.push(inner.next())
        return Promise.resolve({ done: false, value: 'item' })
      }),
    ])
    await stream.next()
    await stream.return()
    expect(await stateOf(waiting[0]!)).toBe('pending')
    expect(probe.closed).toBe(0)
    await inner.return()
  })
})

describe('a source that is over by itself', () => {
  test.each(['ends', 'fails'])('and %s tells nobody in its scope', async (how) => {
    const [items, seen] = [queue(), [] as string[]]
    let signal: AbortSignal | undefined
    async function* ending(): AsyncGenerator<string> {
      signal = currentSignal()
      void (async () => {
        for await (const item of items) seen.push(item)
      })()
      yield 'item'
      if (how === 'fails') throw new Error('of its own')
    }
    const stream = mergeKeyed({ ending: ending(), other: new ProbeSource() }, { errors: 'delay' })
    await stream.next()
    const next = stream.next()
    await settle()
    await stream.return().catch(() => undefined)
    await next
    items.tryPut('still read')
    items.close()
    await settle()
    expect(seen).toEqual(['still read'])
    expect(signal?.aborted).toBe(false)
  })

  test.each(['ends', 'fails'])('and is the function of a fromFunction that %s has no aborted signal', async (how) => {
    let given: AbortSignal | undefined
    const stream = fromFunction(
      (signal): string => {
        given = signal
        if (how === 'fails') throw new Error('of its own')
        return 'last'
      },
      { done: () => true },
    )
    await stream.next().catch(() => undefined)
    await stream.return()
    expect(given?.aborted).toBe(false)
  })
})

describe('a source that was told is awaited', () => {
  test('until what it waits for is closed, though its own return() is done at once', async () => {
    const closed = gate()
    const inner = merge([new ProbeSource({ onReturn: () => closed.promise }).open])
    const left = (await begin(handWritten(() => inner.next())))()
    expect(await stateOf(left)).toBe('pending')
    closed.open()
    await left
  })

  test('until it has left a stream that it was leaving', async () => {
    const closed = gate()
    const inner = merge([new ProbeSource({ items: ['item'], onReturn: () => closed.promise })])
    async function* leaving(): AsyncGenerator<string> {
      for await (const _ of inner) break
      yield 'item'
    }
    const left = (await begin(leaving()))()
    expect(await stateOf(left)).toBe('pending')
    closed.open()
    await left
  })

  test('where it was being opened, until it is open and closed', async () => {
    const [names, probe] = [queue(), new ProbeSource()]
    const opened = new Trace()
    const left = (
      await begin(async () => {
        for await (const name of through(names, opened)) if (name === 'right') break
        return probe
      })
    )()
    await left
    expect(opened).toMatchObject({ passed: 0, unwound: 1 })
    expect(probe.opened).toBe(0)
  })

  test.each(['left', 'aborted'])('but not where it waits for the very stream that is %s', async (how) => {
    const asking: AsyncIterable<unknown> = { [Symbol.asyncIterator]: () => ({ next: () => stream.next() }) }
    const controller = new AbortController()
    const stream: ClosableIterator<unknown> = merge([asking], { signal: controller.signal })
    const next = stream.next()
    next.catch(() => undefined)
    await settle()
    if (how === 'aborted') controller.abort('stop')
    else await stream.return()
    await settle()
    // No deadline has passed.
    expect(await stateOf(next)).toBe(how === 'left' ? 'fulfilled' : 'rejected')
  })
})
