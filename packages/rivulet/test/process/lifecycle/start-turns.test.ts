import { AsyncLocalStorage } from 'node:async_hooks'
import { readFile } from 'node:fs'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { merge, Queue } from '../../../src/core/index.ts'
import { StartTurns, WaitingStream } from '../../../src/process/lifecycle/start-turns.ts'
import { rejectionOf, settle, stateOf, turn } from '../../support/turn.ts'

/** Enters with names, and tells who has started. */
function turnsOf() {
  const turns = new StartTurns()
  const started: string[] = []
  return { turns, started, enter: (name: string) => turns.enter(() => started.push(name)) }
}

test('the first starts at once, the others one in each turn, in the order in which they came', async () => {
  const { started, enter } = turnsOf()
  for (const name of ['a', 'b', 'c']) enter(name)
  const seen = [started.join('')]
  for (let i = 0; i < 3; i++) {
    await turn()
    seen.push(started.join(''))
  }
  expect(seen).toEqual(['a', 'ab', 'abc', 'abc'])
})

test('when all have started and a turn has passed, the next one starts at once again', async () => {
  const { turns, started, enter } = turnsOf()
  enter('a')
  enter('b')
  await turn()
  enter('c')
  expect(started).toEqual(['a', 'b'])
  await turn()
  await turn()
  expect(turns.isFree).toBe(true)
  enter('d')
  expect(turns.isFree).toBe(false)
  expect(started).toEqual(['a', 'b', 'c', 'd'])
})

test('one that is cancelled while it waits never starts, and costs no turn', async () => {
  const { started, enter } = turnsOf()
  enter('a')
  const cancel = enter('b')
  enter('c')
  cancel()
  await turn()
  expect(started).toEqual(['a', 'c'])
})

test('cancelling one that has started, or twice, changes nothing for the others', async () => {
  const { started, enter } = turnsOf()
  const cancel = enter('a')
  enter('b')
  cancel()
  cancel()
  await turn()
  expect(started).toEqual(['a', 'b'])
})

test('when the only one that waits is cancelled the next starts at once a turn later', async () => {
  const { started, enter } = turnsOf()
  enter('a')
  enter('b')()
  await turn()
  enter('c')
  expect(started).toEqual(['a', 'c'])
})

test('one that enters from within a start waits its turn, behind those who wait already', async () => {
  const { turns, started, enter } = turnsOf()
  turns.enter(() => enter('inner'))
  expect(started).toEqual([])
  turns.enter(() => enter('last'))
  enter('b')
  for (let i = 0; i < 4; i++) await turn()
  expect(started).toEqual(['inner', 'b', 'last'])
})

test('each starts in the async context in which it entered, and not in that of the one whose turn came before', async () => {
  const turns = new StartTurns()
  const context = new AsyncLocalStorage<string>()
  const seen: unknown[] = []
  const enter = (): unknown => turns.enter(() => seen.push(context.getStore()))
  for (const name of ['a', 'b', 'c']) context.run(name, enter)
  enter()
  for (let i = 0; i < 3; i++) await turn()
  expect(seen).toEqual(['a', 'b', 'c', undefined])
})

test('a start that throws tells its caller, and does not hold up the next', async () => {
  const { turns, started, enter } = turnsOf()
  expect(() =>
    turns.enter(() => {
      throw new Error('refused')
    }),
  ).toThrow('refused')
  enter('b')
  await turn()
  expect(started).toEqual(['b'])
})

/** Blocks as long as a start does. */
function block(ms: number): void {
  const untilMs = performance.now() + ms
  while (performance.now() < untilMs);
}

test('between two starts that block, a timer that is due gets its turn', async () => {
  const turns = new StartTurns()
  const order: string[] = []
  setTimeout(() => order.push('timer'), 1)
  for (const name of ['first', 'second', 'third']) {
    turns.enter(() => {
      block(3)
      order.push(name)
    })
  }
  for (let i = 0; i < 3; i++) await turn()
  // The timer was due after the first start, which may be in the middle of a turn: only the second can come before it.
  expect(order.indexOf('timer')).toBeLessThan(order.indexOf('third'))
  expect(order).toHaveLength(4)
})

test('between starts without end, what has been read gets its turn', async () => {
  const turns = new StartTurns()
  let isRead = false
  readFile(import.meta.filename, () => (isRead = true))
  let starts = 0
  await new Promise<void>((resolve) => {
    const again = (): void => {
      block(1)
      // A bound that only a loop without turns comes to.
      if (isRead || ++starts === 5000) resolve()
      else turns.enter(again)
    }
    turns.enter(again)
  })
  expect(isRead).toBe(true)
})

test('whichever of those that entered are cancelled, the others start once each, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ isCancelled: fc.boolean(), isTurn: fc.boolean() })), async (entries) => {
      const { started, enter } = turnsOf()
      const entered: string[] = []
      for (const [at, { isCancelled, isTurn }] of entries.entries()) {
        const name = String(at)
        const hasStarted = () => started.includes(name)
        const cancel = enter(name)
        if (isCancelled) cancel()
        if (!isCancelled || hasStarted()) entered.push(name)
        if (isTurn) await turn()
      }
      for (let i = 0; i <= entries.length; i++) await turn()
      expect(started).toEqual(entered)
    }),
    { numRuns: 50 },
  )
})

const done = { done: true, value: undefined }

function waitingOf() {
  const queue = new Queue<number>({ capacity: 1000 })
  return { waiting: new WaitingStream<number>(), queue, items: merge([queue]) }
}

test('who asks before the turn waits for it, and is answered in the order of the askings', async () => {
  const { waiting, queue, items } = waitingOf()
  for (const item of [1, 2]) queue.tryPut(item)
  const [first, second] = [waiting.next(), waiting.next()]
  expect(await stateOf(first)).toBe('pending')
  waiting.forwardTo(items)
  expect(await first).toEqual({ done: false, value: 1 })
  expect(await second).toEqual({ done: false, value: 2 })
})

test('what was asked before the turn has asked the items when forwardTo() returns, so that leaving them closes them', () => {
  const { waiting, items } = waitingOf()
  const asked = vi.spyOn(items, 'next')
  void waiting.next()
  void waiting.next()
  waiting.forwardTo(items)
  expect(asked).toHaveBeenCalledTimes(2)
})

test('one that asks after the turn is not answered before one that asked earlier', async () => {
  const { waiting, queue, items } = waitingOf()
  const order: string[] = []
  const first = waiting.next().then(() => order.push('before the turn'))
  waiting.forwardTo(items)
  const second = waiting.next().then(() => order.push('after the turn'))
  await settle()
  // Both are answered in one go.
  queue.close()
  await Promise.all([first, second])
  expect(order).toEqual(['before the turn', 'after the turn'])
})

test('when all who asked before the turn are answered, the items answer themselves', async () => {
  const { waiting, queue, items } = waitingOf()
  queue.tryPut(1)
  const first = waiting.next()
  waiting.forwardTo(items)
  await first
  const answer = new Promise<IteratorResult<number, undefined>>(() => undefined)
  vi.spyOn(items, 'next').mockReturnValue(answer)
  expect(waiting.next()).toBe(answer)
})

test('an error of the items is the one of who asked, and the next is asked of them', async () => {
  const { waiting, queue, items } = waitingOf()
  const first = waiting.next()
  const second = waiting.next()
  waiting.forwardTo(items)
  queue.fail(undefined)
  expect(await rejectionOf(first)).toBeUndefined()
  expect(await second).toEqual(done)
  expect(await waiting.next()).toEqual(done)
})

test('when it is closed before its turn every call is done, those that wait and those that come later', async () => {
  const { waiting } = waitingOf()
  const nexts = [waiting.next(), waiting.next()]
  const left = waiting.return()
  expect(await Promise.all([...nexts, left, waiting.return(), waiting.next()])).toEqual(Array(5).fill(done))
})

test('when it is closed after its turn the items are closed', async () => {
  const { waiting, items } = waitingOf()
  const next = waiting.next()
  waiting.forwardTo(items)
  expect(await waiting.return()).toEqual(done)
  expect(await next).toEqual(done)
  expect(await items.next()).toEqual(done)
})

test('whenever the turn and the items come, the answers come in the order of the askings', async () => {
  const step = fc.constantFrom<'ask' | 'start' | 'put' | 'turn'>('ask', 'ask', 'start', 'put', 'put', 'turn')
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { waiting, queue, items } = waitingOf()
      const answered: number[] = []
      const got: unknown[] = []
      let asked = 0
      let put = 0
      let isStarted = false
      const start = (): void => {
        if (!isStarted) waiting.forwardTo(items)
        isStarted = true
      }
      for (const what of steps) {
        if (what === 'ask') {
          const at = asked++
          void waiting.next().then(({ value }) => {
            answered.push(at)
            got.push(value)
          })
        } else if (what === 'put') queue.tryPut(put++)
        else if (what === 'turn') await settle()
        else start()
      }
      start()
      queue.close()
      await settle()
      expect(answered).toEqual(Array.from({ length: asked }, (_, at) => at))
      expect(got).toEqual(Array.from({ length: asked }, (_, at) => (at < put ? at : undefined)))
    }),
    { numRuns: 200 },
  )
})
