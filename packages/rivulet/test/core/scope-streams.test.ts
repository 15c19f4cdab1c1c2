import { describe, expect, test } from 'vitest'
import type { ClosableIterator } from '../../src/core/closable-iterator.ts'
import {
  asCompleted,
  batch,
  fromFunction,
  idleTimeout,
  IdleTimeoutError,
  interleave,
  lineRecords,
  lines,
  merge,
  mergeKeyed,
  MergeMap,
  mergeSettled,
  Queue,
  share,
  ticks,
} from '../../src/core/index.ts'
import { ProbeSource } from '../support/probe-source.ts'
import { behind, Trace, withholding } from '../support/scoped.ts'
import { rejectionOf, settle } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

/** A stream of ours that waits, and the source that it holds open. */
interface Waiting {
  stream: ClosableIterator<unknown>
  probe?: ProbeSource
}

const over = (read: (probe: ProbeSource<string>) => ClosableIterator<unknown>) => (): Waiting => {
  const probe = new ProbeSource<string>()
  return { stream: read(probe), probe }
}
const never = (): Promise<never> => new Promise(() => undefined)

const streams: Record<string, () => Waiting> = {
  'a Queue': () => ({ stream: new Queue({ capacity: 1 })[Symbol.asyncIterator]() }),
  ticks: () => ({ stream: ticks(2 ** 31 - 1) }),
  lines: over((probe) => lines(probe)),
  lineRecords: over((probe) => lineRecords(probe)),
  merge: over((probe) => merge([probe])),
  mergeKeyed: over((probe) => mergeKeyed({ probe })),
  mergeSettled: over((probe) => mergeSettled({ probe })),
  'a MergeMap': over((probe) => new MergeMap<string, string>().set('probe', probe)),
  'a MergeMap that is empty': () => ({ stream: new MergeMap() }),
  interleave: over((probe) => interleave([probe])),
  batch: over((probe) => batch(probe, { size: 2 })),
  'batch by time': over((probe) => batch(probe, { size: 2, ms: 2 ** 31 - 1 })),
  idleTimeout: over((probe) => idleTimeout(probe, 2 ** 31 - 1)),
  'the only reader of a share': over((probe) => share(probe).read()),
  'one of the readers of a share': () => {
    const shared = share(new ProbeSource())
    void shared.read().next()
    return { stream: shared.read() }
  },
  asCompleted: () => ({ stream: asCompleted([never()]) }),
  'fromFunction of a function that waits on a stream': () => {
    const queue = new Queue({ capacity: 1 })
    return { stream: fromFunction(() => queue.get()) }
  },
  'fromFunction of a function that cannot be stopped': () => ({ stream: fromFunction(never) }),
  'a merge of generators over a merge of generators': () => {
    const inner = merge([behind(2, new Queue({ capacity: 1 }), new Trace())])
    return { stream: merge([behind(2, inner, new Trace())]) }
  },
}

const between: Record<string, (stream: AsyncIterable<unknown>, trace: Trace) => AsyncIterable<unknown>> = {
  'one generator': (stream, trace) => behind(1, stream, trace),
  'two generators': (stream, trace) => behind(2, stream, trace),
  'five generators': (stream, trace) => behind(5, stream, trace),
  'a filter that never yields': withholding,
}

const done = { done: true, value: undefined }
const failure = new Error('of the sibling')

/** Each begins to read the source among others, stops the reading while the source waits, and resolves when that is done. */
const ways: Record<string, (source: AsyncIterable<unknown>) => Promise<unknown>> = {
  async break(source) {
    for await (const item of merge([source, ['item']])) {
      expect(item).toBe('item')
      // The source has come to its wait by now, if not before.
      await settle()
      break
    }
  },
  async 'return() while next() waits'(source) {
    const stream = mergeKeyed({ source })
    const next = stream.next()
    await settle()
    expect(await stream.return()).toEqual(done)
    expect(await next).toEqual(done)
  },
  async dispose(source) {
    const stream = mergeSettled({ source })
    const next = stream.next()
    await settle()
    await stream[Symbol.asyncDispose]()
    expect(await next).toEqual(done)
  },
  async 'an abort'(source) {
    const controller = new AbortController()
    const next = merge([source], { signal: controller.signal }).next()
    await settle()
    controller.abort(0)
    // Bare, and not a word of the echoes that came back.
    expect(await rejectionOf(next)).toBe(0)
  },
  async 'the error of a sibling'(source) {
    const sibling = new ProbeSource()
    const next = merge([sibling, source]).next()
    await settle()
    sibling.fail(failure)
    expect(await rejectionOf(next)).toBe(failure)
  },
  async 'the end that `until` waits for'(source) {
    const main = new ProbeSource()
    const next = mergeKeyed({ source, main }, { until: 'main' }).next()
    await settle()
    main.end()
    expect(await next).toEqual(done)
  },
  async 'MergeMap.delete'(source) {
    const map = new MergeMap<string, unknown>().set('source', source).set('other', new ProbeSource())
    const next = map.next()
    await settle()
    expect(await map.delete('source')).toBe(true)
    await map.return()
    expect(await next).toEqual(done)
  },
  async 'MergeMap.set in its place'(source) {
    const map = new MergeMap<string, unknown>().set('source', source)
    const next = map.next()
    await settle()
    map.set('source', ['instead'])
    expect(await next).toEqual({ done: false, value: ['source', 'instead'] })
    await settle()
    await map.return()
  },
  async 'leaving an interleave'(source) {
    const stream = interleave([source])
    const next = stream.next()
    await settle()
    await stream.return()
    expect(await next).toEqual(done)
  },
  async 'leaving a batch'(source) {
    const stream = batch(source, { size: 1 })
    const next = stream.next()
    await settle()
    await stream.return()
    expect(await next).toEqual(done)
  },
  async 'leaving an idleTimeout'(source) {
    const stream = idleTimeout(source, 2 ** 31 - 1)
    const next = stream.next()
    await settle()
    await stream.return()
    expect(await next).toEqual(done)
  },
  async 'the limit of an idleTimeout'(source) {
    expect(await rejectionOf(idleTimeout(source, 1).next())).toBeInstanceOf(IdleTimeoutError)
  },
  async 'the last reader of a share that leaves'(source) {
    const shared = share(source)
    const [one, other] = [shared.read(), shared.read()]
    const next = [one.next(), other.next()]
    await settle()
    await one.return()
    await other.return()
    expect(await Promise.all(next)).toEqual([done, done])
  },
  async 'leaving lines'(source) {
    const stream = lines(source as AsyncIterable<string>)
    const next = stream.next()
    await settle()
    await stream.return()
    expect(await next).toEqual(done)
  },
  async 'leaving a fromFunction'(source) {
    const iterator = source[Symbol.asyncIterator]()
    const stream = fromFunction(() => iterator.next())
    const next = stream.next()
    await settle()
    await stream.return()
    expect(await next).toEqual(done)
  },
}

describe.each(Object.keys(streams))('%s that waits inside a source', (name) => {
  test.each(Object.keys(ways))('is stopped by %s, whatever generators stand in between', async (way) => {
    for (const [generators, wrap] of Object.entries(between)) {
      const unhandled = collectUnhandled()
      const { stream, probe } = streams[name]!()
      const trace = new Trace()
      await ways[way]!(wrap(stream, trace))
      expect(trace, generators).toMatchObject({ passed: 0, unwound: trace.told.length })
      expect(trace.unwound, generators).toBeGreaterThan(0)
      expect(trace.told.every((error) => Object.is(error, trace.told[0]))).toBe(true)
      expect(await stream.next()).toEqual(done)
      if (probe !== undefined) expect(probe).toMatchObject({ opened: 1, closed: 1 })
      await settle()
      expect(unhandled.stop()).toEqual([])
    }
  })
})
