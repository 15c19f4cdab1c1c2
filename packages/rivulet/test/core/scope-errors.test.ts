import { describe, expect, test } from 'vitest'
import {
  CleanupTimeoutError,
  fromFunction,
  merge,
  mergeKeyed,
  MergeMap,
  mergeSettled,
  Queue,
  suppressedErrors,
  withTaskGroup,
  type Source,
} from '../../src/core/index.ts'
import { gate, ProbeSource } from '../support/probe-source.ts'
import { behind, Trace } from '../support/scoped.ts'
import { rejectionOf, settle } from '../support/turn.ts'

/** A source that waits, and whose clean-up fails. */
const failing = (error: unknown): Source<string> => new ProbeSource<string>({ onReturn: () => Promise.reject(error) })

/** A source that gives one item, then waits idle; its clean-up fails. */
const failingIdle = (error: unknown): Source<string> =>
  new ProbeSource<string>({ items: ['item'], onReturn: () => Promise.reject(error) })

type Heard = [key: unknown, error: unknown][]
const into =
  (heard: Heard) =>
  (error: unknown, key: unknown): number =>
    heard.push([key, error])

/** Begins to read a merge, and gives what aborts it and what its `next()` rejects with then. */
async function begin(
  sources: Record<string, Source<unknown>>,
  options: { onSuppressed?: (error: unknown, key: unknown) => void } = {},
): Promise<{ abort: (reason: unknown) => Promise<unknown>; leave: () => Promise<unknown> }> {
  const controller = new AbortController()
  const stream = mergeKeyed(sources, { ...options, signal: controller.signal })
  const next = stream.next()
  next.catch(() => undefined)
  await settle()
  return {
    abort: (reason) => (controller.abort(reason), rejectionOf(next)),
    leave: () => rejectionOf(stream.return()),
  }
}

describe('an error of a clean-up inside a merge that was told', () => {
  const inside = new Error('inside')

  test('is thrown to who leaves the outer one, behind any generators', async () => {
    const inner = merge([failing(inside)])
    const { leave } = await begin({ source: behind(3, inner, new Trace()) })
    expect(await leave()).toBe(inside)
  })

  test('is suppressed on the error for which the outer one ends, and heard with the key of the outer source', async () => {
    const [first, heard, sibling] = [new Error('of the sibling'), [] as Heard, new ProbeSource()]
    const next = mergeKeyed(
      { source: behind(1, merge([failing(inside)]), new Trace()), sibling },
      { onSuppressed: into(heard) },
    ).next()
    await settle()
    sibling.fail(first)
    expect(await rejectionOf(next)).toBe(first)
    expect(suppressedErrors(first)).toEqual([inside])
    expect(heard).toEqual([['source', inside]])
  })

  test('is suppressed on the reason of an abort, which is thrown bare', async () => {
    const [reason, heard] = [new Error('the reason'), [] as Heard]
    const { abort } = await begin(
      { source: behind(1, merge([failing(inside)]), new Trace()) },
      { onSuppressed: into(heard) },
    )
    expect(await abort(reason)).toBe(reason)
    expect(suppressedErrors(reason)).toEqual([inside])
    expect(heard).toEqual([['source', inside]])
  })

  test('is heard where the reason can hold nothing', async () => {
    const heard: Heard = []
    const inner = merge([behind(1, merge([failing(inside)]), new Trace())])
    const { abort } = await begin({ source: behind(1, inner, new Trace()) }, { onSuppressed: into(heard) })
    expect(await abort(0)).toBe(0)
    expect(heard).toEqual([['source', inside]])
  })

  test('is told to the listener of the inner one too, with its own key', async () => {
    const [outer, inner] = [[] as Heard, [] as Heard]
    const source = mergeKeyed({ within: failing(inside) }, { onSuppressed: into(inner) })
    const { abort } = await begin({ source: behind(1, source, new Trace()) }, { onSuppressed: into(outer) })
    await abort('stop')
    expect([outer, inner]).toEqual([[['source', inside]], [['within', inside]]])
  })

  test('is not lost where the generator between catches everything', async () => {
    async function* quiet(): AsyncGenerator {
      try {
        yield* merge([failing(inside)])
      } catch {
        // As somebody writes who does not know what may come.
      }
    }
    expect(await (await begin({ quiet: quiet() })).leave()).toBe(inside)
  })

  test('is one of several: the first is thrown, the others are suppressed on it, and all are told', async () => {
    const [later, last] = [new Error('later'), new Error('last')]
    const heard: Heard = []
    const inner = merge([failing(inside), failing(later)])
    const { leave } = await begin({ a: behind(2, inner, new Trace()), b: failing(last) }, { onSuppressed: into(heard) })
    expect(await leave()).toBe(inside)
    expect(suppressedErrors(inside)).toEqual([later, last])
    expect(heard).toEqual([
      ['a', inside],
      ['a', later],
      ['b', last],
    ])
  })

  test('rejects MergeMap.delete', async () => {
    const map = new MergeMap<string, unknown>().set('source', behind(2, merge([failing(inside)]), new Trace()))
    const next = map.next()
    await settle()
    expect(await rejectionOf(map.delete('source'))).toBe(inside)
    await map.return()
    await next
  })

  test('is an error of a task group, where a task waits for it', async () => {
    const first = new Error('of a task')
    const ended = withTaskGroup(async ({ spawn }) => {
      void spawn(async () => {
        for await (const _ of behind(1, merge([failing(inside)]), new Trace()));
      })
      await settle()
      throw first
    })
    expect(await rejectionOf(ended)).toBe(first)
    expect(suppressedErrors(first)).toEqual([inside])
  })

  test.each(['asks on', 'leaves'])('is heard once, where a generator that was busy then %s', async (how) => {
    const [heard, foreign, inner] = [[] as Heard, gate(), merge([failing(inside)])]
    async function* busy(): AsyncGenerator {
      const asked = inner.next()
      await foreign.promise
      if (how === 'leaves') await inner.return()
      yield await asked
    }
    const { abort } = await begin({ source: behind(1, busy(), new Trace()) }, { onSuppressed: into(heard) })
    const aborted = abort('stop')
    foreign.open()
    expect(await aborted).toBe('stop')
    expect(heard).toEqual([['source', inside]])
  })

  test('is heard once, where nobody waited for it and it is left then', async () => {
    const [heard, foreign] = [[] as Heard, gate()]
    const inner = merge([failingIdle(inside)])
    async function* busy(): AsyncGenerator {
      await inner.next()
      await foreign.promise
      await inner.return()
      yield* []
    }
    const { abort } = await begin({ source: behind(1, busy(), new Trace()) }, { onSuppressed: into(heard) })
    const aborted = abort('stop')
    foreign.open()
    expect(await aborted).toBe('stop')
    expect(heard).toEqual([['source', inside]])
  })
})

describe('what had gone wrong inside a merge before it was told', () => {
  const before = new Error('before')

  test('and was to be thrown at its end, is heard', async () => {
    const heard: Heard = []
    const inner = merge([new ProbeSource<string>({ then: { error: before } }), new ProbeSource()], { errors: 'delay' })
    const { abort } = await begin({ source: behind(1, inner, new Trace()) }, { onSuppressed: into(heard) })
    await abort('stop')
    expect(heard).toEqual([['source', before]])
  })

  test('and was an item that nobody had taken, is heard', async () => {
    const heard: Heard = []
    const inner = mergeSettled({
      a: new ProbeSource<string>({ items: ['item'] }),
      b: new ProbeSource({ then: { error: before } }),
    })
    const foreign = gate()
    async function* busy(): AsyncGenerator {
      await inner.next()
      await foreign.promise
      yield await inner.next()
    }
    const { abort } = await begin({ source: busy() }, { onSuppressed: into(heard) })
    const aborted = abort('stop')
    foreign.open()
    await aborted
    expect(heard).toEqual([['source', before]])
  })

  test('and was being thrown, stays what it throws, whatever it is told', async () => {
    const [slow, suppressed, heard] = [gate(), new Error('suppressed'), [] as Heard]
    const closing = new ProbeSource<string>({ onReturn: () => slow.promise.then(() => Promise.reject(suppressed)) })
    const trace = new Trace()
    const inner = merge([closing.open, new ProbeSource<string>({ then: { error: before } })])
    const { abort } = await begin({ source: behind(1, inner, trace) }, { onSuppressed: into(heard) })
    const aborted = abort('stop')
    slow.open()
    expect(await aborted).toBe('stop')
    expect(trace.told).toEqual([before])
    expect(heard).toEqual([['source', before]])
    expect(suppressedErrors(before)).toEqual([suppressed])
  })
})

test.each([0, 1])(
  'an error that a merge was about to throw, behind %i generators, is thrown to who leaves',
  async (count) => {
    const [slow, failure] = [gate(), new Error('not delivered')]
    const closing = new ProbeSource<string>({ onReturn: () => slow.promise })
    const inner = merge([closing.open, new ProbeSource<string>({ then: { error: failure } })])
    const { leave } = await begin({ inner: behind(count, merge([behind(count, inner, new Trace())]), new Trace()) })
    const left = leave()
    slow.open()
    expect(await left).toBe(failure)
  },
)

test('a clean-up inside that does not end in its time is named, and so is the source that waits for it', async () => {
  const stuck: Source<string> = () => ({
    [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }),
  })
  const inner = mergeKeyed({ stuck }, { cleanupTimeoutMs: 1 })
  const { leave } = await begin({ source: behind(2, inner, new Trace()) })
  const error = await leave()
  expect(error).toBeInstanceOf(CleanupTimeoutError)
  expect(error).toMatchObject({ key: 'stuck', timeoutMs: 1 })
  expect(suppressedErrors(error)).toEqual([])
})

test('the reason of an abort outside is told to nobody inside as an error', async () => {
  const [outer, inner] = [[] as Heard, [] as Heard]
  const queue = new Queue<string>({ capacity: 1 })
  const sources = {
    reading: behind(2, queue, new Trace()),
    calling: behind(
      1,
      fromFunction(() => queue.get()),
      new Trace(),
    ),
    grouped: fromFunction(() => withTaskGroup(() => queue.get())),
  }
  const source = behind(1, mergeKeyed(sources, { onSuppressed: into(inner) }), new Trace())
  const { abort } = await begin({ source }, { onSuppressed: into(outer) })
  expect(await abort('stop')).toBe('stop')
  expect([outer, inner]).toEqual([[], []])
})

test('the reason with which a source was told is no error, in whichever merge it comes to light', async () => {
  const heard: Heard = []
  const queue = new Queue<string>({ capacity: 1 })
  const inner = merge([behind(2, queue, new Trace()), failingIdle(new Error('of the clean-up'))])
  await inner.next()
  const { abort } = await begin(
    { a: behind(2, inner, new Trace()), b: behind(1, queue, new Trace()) },
    {
      onSuppressed: into(heard),
    },
  )
  expect(await abort('stop')).toBe('stop')
  expect(heard.map(([key, error]) => [key, String(error)])).toEqual([['a', 'Error: of the clean-up']])
})
