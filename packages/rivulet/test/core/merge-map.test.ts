import { describe, expect, test } from 'vitest'
import { MergeMap } from '../../src/core/merge-map.ts'
import { ProbeSource, gate, readAll } from '../support/probe-source.ts'
import { rejectionOf, settle, stateOf, turn } from '../support/turn.ts'

describe('MergeMap', () => {
  test('set() opens nothing before the first next(), and at once when somebody waits', async () => {
    const [a, b] = [new ProbeSource<number>(), new ProbeSource<number>({ items: [2] })]
    const map = new MergeMap<string, number>().set('a', a)
    await turn()
    expect(a.opened).toBe(0)
    const next = map.next()
    expect(a.opened).toBe(1)
    map.set('b', b)
    expect(await next).toEqual({ done: false, value: ['b', 2] })
    await map.return()
  })

  test('empty, it waits; after close() it reads what is there to its end and then ends', async () => {
    const map = new MergeMap<string, number>()
    const next = map.next()
    expect(await stateOf(next)).toBe('pending')
    map.set('a', [1, 2])
    expect(await next).toEqual({ done: false, value: ['a', 1] })
    map.close()
    expect(await readAll(map)).toEqual([['a', 2]])
  })

  test('with a buffer no source is asked twice at once, though another asks the map in its own next()', async () => {
    let asked = 0
    let most = 0
    let last = 0
    const counted = {
      [Symbol.asyncIterator]: () => counted,
      next: async () => {
        most = Math.max(most, ++asked)
        await Promise.resolve()
        asked--
        return { done: false, value: ++last }
      },
    }
    const map = new MergeMap<string, number>({ buffer: 3 }).set('counted', counted)
    const seen = [await map.next()]
    await settle()
    const inner: Promise<IteratorResult<[string, number]>>[] = []
    const asking = {
      [Symbol.asyncIterator]: () => asking,
      next: () => {
        inner.push(map.next())
        return new Promise<IteratorResult<number>>(() => undefined)
      },
    }
    map.set('asking', asking)
    seen.push(await map.next(), ...(await Promise.all(inner)))
    for (let i = 0; i < 5; i++) seen.push(await map.next())
    expect(seen.map(({ value }) => value as unknown)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => ['counted', n]))
    expect(most).toBe(1)
    await map.return()
  })

  test('close() ends who waits on an empty map', async () => {
    const map = new MergeMap<string, number>()
    const next = map.next()
    map.close()
    expect((await next).done).toBe(true)
  })

  test('set() replaces: the old source is closed, its unread item dropped', async () => {
    const [old, other] = [new ProbeSource<string>({ items: ['old'] }), new ProbeSource<string>({ items: ['other'] })]
    const map = new MergeMap<string, string>().set('other', other).set('a', old)
    expect((await map.next()).value).toEqual(['other', 'other'])
    await settle()
    map.set('a', ['new'])
    expect(map.size).toBe(2)
    expect((await map.next()).value).toEqual(['a', 'new'])
    expect(old.closed).toBe(1)
    await map.return()
    expect(old.closed).toBe(1)
  })

  test('delete() drops the unread item and settles when the source is closed', async () => {
    const slow = gate()
    const source = new ProbeSource<number>({ items: [2], onReturn: () => slow.promise })
    const map = new MergeMap<string, number>()
      .set('first', new ProbeSource({ items: [1], then: 'end' }))
      .set('a', source)
    expect((await map.next()).value).toEqual(['first', 1])
    await settle()
    const deleted = map.delete('a')
    expect([map.has('a'), map.size]).toEqual([false, 1])
    expect(await stateOf(deleted)).toBe('pending')
    slow.open()
    expect(await deleted).toBe(true)
    expect(await map.delete('a')).toBe(false)
    map.close()
    expect(await readAll(map)).toEqual([])
    expect(source.closed).toBe(1)
  })

  test('delete() of what was never opened touches nothing', async () => {
    const source = new ProbeSource<number>()
    const map = new MergeMap<string, number>().set('a', source)
    expect(await map.delete('a')).toBe(true)
    expect(await map.delete('b')).toBe(false)
    expect(source).toMatchObject({ opened: 0, closed: 0 })
  })

  test('delete() rejects with what went wrong while closing, and the reading goes on', async () => {
    const bad = new ProbeSource<number>({ items: [1], onReturn: () => Promise.reject(0) })
    const map = new MergeMap<string, number>().set('a', bad)
    await map.next()
    expect(await rejectionOf(map.delete('a'))).toBe(0)
    map.set('b', [2]).close()
    expect(await readAll(map)).toEqual([['b', 2]])
  })

  test('delete() of a stuck plain source does not hang', async () => {
    const map = new MergeMap<string, number>().set('a', new ProbeSource<number>({ isStuck: true }))
    const next = map.next()
    await turn()
    expect(await map.delete('a')).toBe(true)
    map.set('b', [1])
    expect((await next).value).toEqual(['b', 1])
    await map.return()
  })

  test('a source that has ended leaves the map', async () => {
    const map = new MergeMap<string, number>().set('a', [1]).set('b', new ProbeSource<number>())
    expect([map.size, map.has('a')]).toEqual([2, true])
    await map.next()
    const next = map.next()
    await settle()
    expect([map.size, map.has('a'), map.has('b')]).toEqual([1, false, true])
    await map.return()
    await next
  })

  test('set() is refused after close(), after the end, and for what is no source, and says so', async () => {
    const map = new MergeMap<string, number>()
    expect(() => map.set('k', 5 as never)).toThrow(/'k'/)
    expect(map.size).toBe(0)
    map.close()
    expect(() => map.set('k', [1])).toThrow(/closed/)
    const left = new MergeMap<string, number>()
    await left.return()
    expect(() => left.set('k', [1])).toThrow(/Cannot set 'k'/)
  })

  test('an error ends it as it ends a merge', async () => {
    const other = new ProbeSource<number>()
    const map = new MergeMap<string, number>()
      .set('other', other)
      .set('bad', new ProbeSource<number>({ then: { error: null } }))
    expect(await rejectionOf(map.next())).toBe(null)
    expect(other.closed).toBe(1)
  })

  test('after it was left it holds no source, and delete() closes nothing twice', async () => {
    const source = new ProbeSource<number>({ items: [1] })
    const map = new MergeMap<string, number>().set('a', source)
    await map.next()
    await map.return()
    await map.delete('a')
    expect(source.closed).toBe(1)
    expect(map.size).toBe(0)
  })

  test('delete() while an error is being thrown closes nothing twice', async () => {
    const slow = gate()
    const source = new ProbeSource<number>({ items: [1], onReturn: () => slow.promise })
    const bad = new ProbeSource<number>()
    const map = new MergeMap<string, number>().set('a', source).set('bad', bad)
    await map.next()
    bad.fail('bad')
    await settle()
    const deleted = map.delete('a')
    slow.open()
    await deleted
    expect(await rejectionOf(map.next())).toBe('bad')
    expect(source.closed).toBe(1)
  })
})

describe("MergeMap with errors: 'settled'", () => {
  test('yields as mergeSettled does, and the error of one source ends neither the map nor the others', async () => {
    const map = new MergeMap<string, number, 'settled'>({ errors: 'settled' })
    map.set('bad', new ProbeSource<number>({ then: { error: 'boom' } })).set('good', [1])
    map.close()
    const seen = await readAll(map)
    expect(seen).toContainEqual(['bad', { status: 'rejected', reason: 'boom' }])
    expect(seen).toContainEqual(['good', { status: 'fulfilled', value: 1 }])
    expect(seen).toHaveLength(2)
  })

  test('a source that failed has left the map, and can be set again', async () => {
    const map = new MergeMap<string, number, 'settled'>({ errors: 'settled' })
    map.set('a', new ProbeSource<number>({ then: { error: 'boom' } }))
    expect((await map.next()).value).toEqual(['a', { status: 'rejected', reason: 'boom' }])
    expect(map.has('a')).toBe(false)
    map.set('a', [2])
    expect((await map.next()).value).toEqual(['a', { status: 'fulfilled', value: 2 }])
    await map.return()
  })

  test('errors that were yielded to nobody go to onSuppressed when the consumer leaves or the source is deleted', async () => {
    const told: unknown[] = []
    const map = new MergeMap<string, number, 'settled'>({
      errors: 'settled',
      onSuppressed: (error, key) => told.push([key, error]),
    })
    map.set('a', new ProbeSource({ items: [1] })).set('b', new ProbeSource<number>({ then: { error: 'unread' } }))
    await map.next()
    await settle()
    await map.return()
    expect(told).toEqual([['b', 'unread']])
  })
})

describe('onEnded of a MergeMap', () => {
  test('hears of a source when its last item was delivered, and not before', async () => {
    const ended: string[] = []
    const map = new MergeMap<string, number>({ buffer: 3, onEnded: (key) => ended.push(key) })
    map.set('a', [1, 2]).set('wait', new ProbeSource<number>())
    await map.next()
    await settle()
    expect(map.has('a')).toBe(false)
    expect(ended).toEqual([])
    await map.next()
    await settle()
    expect(ended).toEqual(['a'])
    await map.return()
    expect(ended).toEqual(['a'])
  })

  test('hears of one that failed, settled, when its error was delivered', async () => {
    const ended: string[] = []
    const map = new MergeMap<string, number, 'settled'>({ errors: 'settled', onEnded: (key) => ended.push(key) })
    map.set('a', new ProbeSource({ items: [1], then: 'end' })).set('b', new ProbeSource<number>({ then: { error: 0 } }))
    await map.next()
    await settle()
    expect(ended).toEqual([])
    await map.next()
    await settle()
    // The other ended too: it was asked by the call that took this one's error.
    expect(ended.sort()).toEqual(['a', 'b'])
    await map.return()
  })

  test('hears nothing of sources that were deleted or replaced, and may set and delete others', async () => {
    const ended: string[] = []
    const map = new MergeMap<string, number>({
      onEnded: (key) => {
        ended.push(key)
        if (key === 'first') map.set('second', [2])
        else map.close()
      },
    })
    map.set('gone', new ProbeSource<number>()).set('first', [1])
    const seen = [(await map.next()).value]
    await map.delete('gone')
    for await (const pair of map) seen.push(pair)
    expect(seen).toEqual([
      ['first', 1],
      ['second', 2],
    ])
    expect(ended).toEqual(['first', 'second'])
  })
})
