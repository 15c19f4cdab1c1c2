import { describe, expect, test } from 'vitest'
import type { ClosableIterator } from '../../src/core/closable-iterator.ts'
import { mergeKeyed } from '../../src/core/merge.ts'
import { merge } from '../../src/core/merge.ts'
import { marbles } from '../support/marbles.ts'
import { ProbeSource, readAll } from '../support/probe-source.ts'
import { settle, turn } from '../support/turn.ts'

async function* forever(): AsyncGenerator<number> {
  for (let i = 0; ; i++) yield await Promise.resolve(i)
}

describe('merge order', () => {
  test.each([
    [['a-c-e|', '-b-d|'], 'abcde|'],
    [['a---|', '--b--c|'], 'a-b--c|'],
    [['[abc]--|', '-[xy]|'], '[abc][xy]-|'],
    [['|', '|'], '|'],
    [['-----|', 'ab|'], 'ab---|'],
  ])('%j merge as %s', async (diagrams, output) => {
    expect((await marbles((source) => merge(diagrams.map(source)))).output).toBe(output)
  })

  test('sources that become ready while nobody asks come in the order in which they became ready', async () => {
    const diagrams = ['---c|', '-a---|', '--b-|']
    const { output } = await marbles((source) => merge(diagrams.map(source)), { consumer: '?-----????', frames: 12 })
    expect(output).toBe('-a----bc|')
  })

  test('however many wait to be read, the one that was ready first comes first', async () => {
    const sources = Array.from({ length: 6 }, () => new ProbeSource<number>())
    const stream = merge(sources)
    const first = stream.next()
    for (const index of [3, 0, 5, 1, 4, 2]) {
      sources[index]?.give(index)
      await settle()
    }
    const rest = [1, 2, 3, 4, 5].map(() => stream.next())
    const seen = (await Promise.all([first, ...rest])).map(({ value }) => value)
    expect(seen).toEqual([3, 0, 5, 1, 4, 2])
    await stream.return()
  })

  test('a source that is always ready starves none', async () => {
    const seen: string[] = []
    for await (const [key] of mergeKeyed({ a: forever(), b: forever(), c: forever() })) {
      seen.push(key)
      if (seen.length === 300) break
    }
    for (const key of ['a', 'b', 'c']) expect(seen.filter((one) => one === key)).toHaveLength(100)
  })

  test('sync sources take turns too, each in its own order', async () => {
    expect(await readAll(merge([[1, 2, 3], 'ab', new Set([true])]))).toEqual([1, 'a', true, 2, 'b', 3])
  })

  test('items that are given together keep the order of their sources and their own', async () => {
    const [a, b] = [new ProbeSource<string>(), new ProbeSource<string>()]
    const stream = merge([a, b])
    const reads = Array.from({ length: 4 }, () => stream.next())
    await turn()
    b.give('b1', 'b2')
    a.give('a1', 'a2')
    expect((await Promise.all(reads)).map(({ value }) => value)).toEqual(['b1', 'a1', 'b2', 'a2'])
    await stream.return()
  })
})

describe('merge and the event loop', () => {
  test('1,024 deliveries at most come between two turns of the event loop', async () => {
    let deliveries = 0
    let most = 0
    let isOver = false
    const onTurn = (): void => {
      most = Math.max(most, deliveries)
      deliveries = 0
      if (!isOver) void turn().then(onTurn)
    }
    void turn().then(onTurn)
    let count = 0
    for await (const _ of merge([forever(), forever()])) {
      deliveries++
      if (++count === 20_000) break
    }
    isOver = true
    await turn()
    expect(most).toBeLessThanOrEqual(1024)
  })

  test('a timer fires while a merge never waits', async () => {
    const timer = { hasFired: false }
    setTimeout(() => (timer.hasFired = true), 0)
    let count = 0
    for await (const _ of merge([forever()])) if (timer.hasFired || ++count === 1_000_000) break
    expect(timer.hasFired).toBe(true)
  })

  test('several next() at once get no more than 1,024 deliveries a turn either', async () => {
    const stream = merge([Array.from({ length: 3000 }, (_, i) => i)])
    let answered = 0
    const all = Array.from({ length: 3000 }, () => stream.next().then(() => answered++))
    await turn()
    const beforeTurn = answered
    await Promise.all(all)
    expect(beforeTurn).toBeLessThanOrEqual(1024)
    expect(answered).toBe(3000)
  })
})

describe('merge back-pressure', () => {
  test('every source is asked once at first, and again at the first next() after its item was delivered', async () => {
    const a = new ProbeSource<string>({ items: ['a1', 'a2', 'a3'] })
    const b = new ProbeSource<string>({ items: ['b1', 'b2', 'b3'] })
    const stream = merge([a, b])
    const asked: [number, number][] = []
    for (let i = 0; i < 4; i++) {
      await stream.next()
      await settle()
      asked.push([a.asked, b.asked])
    }
    expect(asked).toEqual([
      [1, 1],
      [2, 1],
      [2, 2],
      [3, 2],
    ])
    expect(Math.max(a.mostOutstanding, b.mostOutstanding)).toBe(1)
    await stream.return()
  })

  test('the source whose item the consumer holds is idle at its yield: its finally has run when the loop is left', async () => {
    const log: string[] = []
    async function* source(): AsyncGenerator<string> {
      try {
        yield await Promise.resolve('first')
        log.push('asked again')
        yield 'second'
      } finally {
        await turn()
        log.push('finally')
      }
    }
    for await (const _ of merge([source()])) {
      await settle()
      break
    }
    expect(log).toEqual(['finally'])
  })

  test('a source that asks the merge in its own next() keeps it from asking none of the others', async () => {
    let inner: Promise<IteratorResult<string>> | undefined
    let count = 0
    const asking = {
      [Symbol.asyncIterator]: () => asking,
      next: (): Promise<IteratorResult<string>> => {
        if (count++ === 0) return Promise.resolve({ done: false, value: 'asking' })
        inner ??= stream.next()
        return new Promise(() => undefined)
      },
    }
    const stream: ClosableIterator<string> = merge([asking, new ProbeSource<string>({ items: ['one', 'two'] })])
    expect((await stream.next()).value).toBe('asking')
    await settle()
    expect((await stream.next()).value).toBe('one')
    expect(await inner).toEqual({ done: false, value: 'two' })
    await stream.return()
  })

  test('a source is asked again at once where another next() already waits', async () => {
    const a = new ProbeSource<number>()
    const stream = merge([a])
    const reads = [stream.next(), stream.next()]
    a.give(1)
    await reads[0]
    await turn()
    expect(a).toMatchObject({ asked: 2, outstanding: 1 })
    await stream.return()
    await reads[1]
  })

  test.each([1, 2, 5])('buffer: %i lets each source have that many items unread', async (buffer) => {
    const probes = [1, 2].map(() => new ProbeSource({ items: Array.from({ length: 20 }, (_, i) => i) }))
    const stream = merge(probes, { buffer })
    const first = await stream.next()
    await settle()
    // With buffer 1 the one whose item is held is idle; with more it reads on.
    expect(probes.map(({ asked }) => asked)).toEqual(buffer === 1 ? [1, 1] : [buffer + 1, buffer])
    for (const { mostOutstanding } of probes) expect(mostOutstanding).toBe(1)
    const rest: unknown[] = [first.value]
    for (let i = 0; i < 39; i++) rest.push((await stream.next()).value)
    expect(rest.sort()).toEqual(Array.from({ length: 40 }, (_, i) => i >> 1).sort())
    await stream.return()
  })
})

describe('merge with a buffer', () => {
  test('a source that had no room is asked again in the very next() that takes its item, not in a later one', async () => {
    const probe = new ProbeSource({ items: [1, 2, 3, 4, 5, 6] })
    const stream = merge([probe], { buffer: 2 })
    await stream.next()
    await settle()
    // One was delivered and two are unread, so that there is no room.
    expect(probe.asked).toBe(3)
    const taken = stream.next()
    expect(probe.asked).toBe(4)
    expect((await taken).value).toBe(2)
    await settle()
    expect(probe.asked).toBe(4)
    await stream.return()
  })
})

describe('merge cost', () => {
  test('an item of one among 10,000 idle sources asks that one alone', async () => {
    const idle = Array.from({ length: 10_000 }, () => new ProbeSource<number>())
    const busy = new ProbeSource<number>()
    const stream = merge([...idle, busy])
    for (let i = 0; i < 100; i++) {
      const read = stream.next()
      busy.give(i)
      expect((await read).value).toBe(i)
    }
    expect(idle.every(({ asked, outstanding }) => asked === 1 && outstanding === 1)).toBe(true)
    expect(busy.asked).toBe(100)
    await stream.return()
  })

  test('one reaction is attached to the pending promise of an idle source, however long it waits', async () => {
    let reactions = 0
    const pending = new Promise<IteratorResult<number>>(() => undefined)
    const then = pending.then.bind(pending)
    pending.then = ((...args: Parameters<typeof then>) => {
      reactions++
      return then(...args)
    }) as typeof pending.then
    const idle: AsyncIterable<number> = { [Symbol.asyncIterator]: () => ({ next: () => pending }) }
    let count = 0
    for await (const _ of merge([idle, forever()])) if (++count === 1000) break
    expect(reactions).toBe(1)
  })

  test('Promise.race is never called', async () => {
    const { race } = Promise
    let calls = 0
    Promise.race = ((values: Iterable<unknown>) => {
      calls++
      return race.call(Promise, values as unknown[])
    }) as typeof Promise.race
    try {
      await readAll(merge([[1, 2], [3]]))
    } finally {
      Promise.race = race
    }
    expect(calls).toBe(0)
  })
})
