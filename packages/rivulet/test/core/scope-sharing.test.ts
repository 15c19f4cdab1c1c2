import { describe, expect, test } from 'vitest'
import { merge, MergeMap, Queue, withTaskGroup, type Source } from '../../src/core/index.ts'
import { ProbeSource } from '../support/probe-source.ts'
import { behind, through, Trace, withholding } from '../support/scoped.ts'
import { rejectionOf, settle, stateOf } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

const queue = <T = string>(): Queue<T> => new Queue<T>({ capacity: 4 })

/** A source that does something in the synchronous part of its first `next()`, and then waits for a queue. */
async function* poking(poke: () => void, then: AsyncIterable<string>): AsyncGenerator<string> {
  poke()
  yield* through(then, new Trace())
}

/** Begins to read a source, and gives what leaves it while it waits. */
async function begin(source: Source<unknown>): Promise<() => Promise<void>> {
  const stream = merge([source])
  const next = stream.next()
  await settle()
  return async () => {
    await stream.return()
    expect((await next).done).toBe(true)
  }
}

describe('two merges that share nothing do not stop each other:', () => {
  test('one whose source leaves the other goes on', async () => {
    const [items, others] = [queue(), queue()]
    const other = merge([through(others, new Trace())])
    const waiting = other.next()
    const stream = merge([poking(() => void other.return(), items)])
    const next = stream.next()
    await settle()
    expect(await waiting).toEqual({ done: true, value: undefined })
    others.tryPut('nobody takes it')
    items.tryPut('item')
    expect(await next).toEqual({ done: false, value: 'item' })
    expect(others.size).toBe(1)
    await stream.return()
  })

  test('one whose source aborts the other goes on', async () => {
    const [items, controller] = [queue(), new AbortController()]
    const other = merge([through(queue(), new Trace())], { signal: controller.signal })
    const waiting = rejectionOf(other.next())
    const next = merge([poking(() => controller.abort(0), items)]).next()
    expect(await waiting).toBe(0)
    items.tryPut('item')
    expect(await next).toEqual({ done: false, value: 'item' })
  })

  test('what one sets in the other is of the other, and stays when the one is left', async () => {
    const [items, trace] = [queue(), new Trace()]
    const map = new MergeMap<string, string>()
    const next = map.next()
    const leave = await begin(poking(() => map.set('set', through(items, trace)), queue()))
    await leave()
    items.tryPut('item')
    expect(await next).toEqual({ done: false, value: ['set', 'item'] })
    expect(trace.unwound).toBe(0)
    await map.return()
  })

  test('what one deletes from the other is stopped, and nothing else', async () => {
    const [deleted, stays, items] = [new Trace(), new Trace(), queue()]
    const map = new MergeMap<string, string>()
    map.set('deleted', through(queue(), deleted)).set('stays', through(items, stays))
    const next = map.next()
    await settle()
    const leave = await begin(poking(() => void map.delete('deleted'), queue()))
    expect([deleted.unwound, stays.unwound]).toEqual([1, 0])
    await leave()
    items.tryPut('item')
    expect(await next).toEqual({ done: false, value: ['stays', 'item'] })
    await map.return()
  })

  test('an item that one hands to the other through a queue does not bring it into its scope', async () => {
    const [between, trace] = [queue(), new Trace()]
    const other = merge([behind(2, between, trace)])
    const first = other.next()
    await settle()
    const leave = await begin(poking(() => between.tryPut('one'), queue()))
    expect(await first).toEqual({ done: false, value: 'one' })
    const second = other.next()
    await settle()
    await leave()
    between.tryPut('two')
    expect(await second).toEqual({ done: false, value: 'two' })
    expect(trace.unwound).toBe(0)
    await other.return()
  })
})

describe('what the other begins because it was stopped is not stopped with the one that stopped it:', () => {
  /** Has the source of a merge poke, leaves that merge, and says what became of the `get()` that the poke led to. */
  async function getAfter(poke: () => void, wait: { done?: Promise<string> }, from: Queue<string>): Promise<string> {
    const leave = await begin(poking(poke, queue()))
    await leave()
    from.tryPut('got')
    return wait.done!
  }

  test('the listener of a signal', async () => {
    const [log, wait] = [queue(), {} as { done?: Promise<string> }]
    const other = merge([
      (signal) => {
        signal.addEventListener('abort', () => void (wait.done = log.get()))
        return new ProbeSource<string>()
      },
    ])
    void other.next()
    await settle()
    expect(await getAfter(() => void other.return(), wait, log)).toBe('got')
  })

  test('onSuppressed', async () => {
    const [log, wait] = [queue(), {} as { done?: Promise<string> }]
    const failing = new ProbeSource<string>({ items: ['item'], then: { error: new Error('unread') } })
    const other = merge([failing], { buffer: 2, onSuppressed: () => void (wait.done = log.get()) })
    await other.next()
    await settle()
    expect(await getAfter(() => void other.return(), wait, log)).toBe('got')
  })

  test('the listener of a task', async () => {
    const [log, wait, controller] = [queue(), {} as { done?: Promise<string> }, new AbortController()]
    const group = withTaskGroup(
      ({ spawn }) =>
        spawn((signal) => {
          signal.addEventListener('abort', () => void (wait.done = log.get()))
          return queue().get()
        }),
      { signal: controller.signal },
    )
    const ended = rejectionOf(group)
    expect(await getAfter(() => controller.abort('stop'), wait, log)).toBe('got')
    expect(await ended).toBe('stop')
  })
})

describe('a stream in several scopes', () => {
  test('is ended by the first that is told, and the others hear it as an error of theirs', async () => {
    const probe = new ProbeSource<string>()
    const shared = merge([probe])
    const [one, other] = [new Trace(), new Trace()]
    const leave = await begin(through(shared, one))
    const next = merge([through(shared, other)]).next()
    await settle()
    await leave()
    expect(probe.closed).toBe(1)
    expect(await rejectionOf(next)).toMatchObject({ name: 'AbortError' })
    expect([one.passed, other.passed]).toEqual([0, 0])
  })

  test.each(['merge', 'Queue'])(
    'of one reading, as a %s that workers share, ends in none of them as at its end',
    async (kind) => {
      const shared = kind === 'merge' ? merge([new ProbeSource<string>()]) : queue()[Symbol.asyncIterator]()
      const traces = [new Trace(), new Trace(), new Trace()]
      const stream = merge(traces.map((trace) => behind(2, shared, trace)))
      const next = stream.next()
      await settle()
      await stream.return()
      await next
      for (const trace of traces) expect(trace).toMatchObject({ passed: 0, unwound: 2 })
    },
  )

  test('is left alone by a source that has ended, and stays in the scope of another', async () => {
    const [items, trace] = [queue(), new Trace()]
    const shared = merge([items])
    async function* first(): AsyncGenerator<string> {
      yield String((await shared.next()).value)
    }
    const header = merge([first()])
    const head = header.next()
    await settle()
    items.tryPut('head')
    expect((await head).value).toBe('head')
    expect((await header.next()).done).toBe(true)
    await header.return()
    const leave = await begin(through(shared, trace))
    expect(trace.unwound).toBe(0)
    await leave()
    expect(trace.unwound).toBe(1)
    expect((await shared.next()).done).toBe(true)
  })
})

describe('a stream that was first read elsewhere', () => {
  test('is in the scope from the first next() in it', async () => {
    const [items, trace] = [queue(), new Trace()]
    const stream = merge([items])
    items.tryPut('head')
    expect((await stream.next()).value).toBe('head')
    const leave = await begin(behind(2, stream, trace))
    await leave()
    expect(trace).toMatchObject({ passed: 0, unwound: 2 })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  test.each(['merge', 'Queue'])(
    'and has items ready, as a %s, is in it although the first next() need not wait',
    async (kind) => {
      const [items, trace] = [queue(), new Trace()]
      const probe = new ProbeSource<string>({ items: ['head', 'a', 'b'] })
      const stream = kind === 'merge' ? merge([probe], { buffer: 3 }) : items[Symbol.asyncIterator]()
      for (const item of ['head', 'a', 'b']) items.tryPut(item)
      expect((await stream.next()).value).toBe('head')
      await settle()
      const leave = await begin(withholding(stream, trace))
      expect(trace.unwound).toBe(0)
      await leave()
      expect(trace).toMatchObject({ passed: 0, unwound: 1 })
      expect(await stream.next()).toEqual({ done: true, value: undefined })
    },
  )

  test('or for the first time behind an await, is in the scope when the source has yielded', async () => {
    const [items, trace] = [queue(), new Trace()]
    async function* late(): AsyncGenerator {
      await settle()
      yield* through(items, trace)
    }
    const stream = merge([behind(1, late(), new Trace())])
    items.tryPut('item')
    expect((await stream.next()).value).toBe('item')
    const next = stream.next()
    await settle()
    await stream.return()
    await next
    expect(trace).toMatchObject({ passed: 0, unwound: 1 })
    items.tryPut('after')
    expect(items.size).toBe(1)
  })

  test('and goes on being read outside when the source has ended', async () => {
    const unhandled = collectUnhandled()
    const items = queue()
    const stream = merge([items])
    async function* head(): AsyncGenerator<string> {
      yield String((await stream.next()).value)
    }
    const reading = merge([head()])
    items.tryPut('head')
    expect((await reading.next()).value).toBe('head')
    expect((await reading.next()).done).toBe(true)
    const next = stream.next()
    expect(await stateOf(next)).toBe('pending')
    items.tryPut('rest')
    expect((await next).value).toBe('rest')
    await stream.return()
    await settle()
    expect(unhandled.stop()).toEqual([])
  })
})
