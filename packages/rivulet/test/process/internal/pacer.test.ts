import { AsyncLocalStorage } from 'node:async_hooks'
import { readFile } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Pacer } from '../../../src/process/internal/pacer.ts'
import { turn } from '../../support/turn.ts'

/** Enters with names, and tells who has started. */
function pacerOf() {
  const pacer = new Pacer()
  const started: string[] = []
  return { pacer, started, enter: (name: string) => pacer.enter(() => started.push(name)) }
}

test('the first starts at once, the others one in each turn, in the order in which they came', async () => {
  const { started, enter } = pacerOf()
  for (const name of ['a', 'b', 'c']) enter(name)
  const seen = [started.join('')]
  for (let i = 0; i < 3; i++) {
    await turn()
    seen.push(started.join(''))
  }
  expect(seen).toEqual(['a', 'ab', 'abc', 'abc'])
})

test('when all have started and a turn has passed, the next one starts at once again', async () => {
  const { started, enter } = pacerOf()
  enter('a')
  enter('b')
  await turn()
  enter('c')
  expect(started).toEqual(['a', 'b'])
  await turn()
  await turn()
  enter('d')
  expect(started).toEqual(['a', 'b', 'c', 'd'])
})

test('who is withdrawn while it waits never starts, and costs no turn', async () => {
  const { started, enter } = pacerOf()
  enter('a')
  const withdraw = enter('b')
  enter('c')
  withdraw()
  await turn()
  expect(started).toEqual(['a', 'c'])
})

test('withdrawing who has started, or twice, changes nothing for the others', async () => {
  const { started, enter } = pacerOf()
  const withdraw = enter('a')
  enter('b')
  withdraw()
  withdraw()
  await turn()
  expect(started).toEqual(['a', 'b'])
})

test('when the only one that waits is withdrawn it is free a turn later', async () => {
  const { started, enter } = pacerOf()
  enter('a')
  enter('b')()
  await turn()
  enter('c')
  expect(started).toEqual(['a', 'c'])
})

test('one that enters from within a start waits its turn, behind those who wait already', async () => {
  const { pacer, started, enter } = pacerOf()
  pacer.enter(() => enter('inner'))
  expect(started).toEqual([])
  pacer.enter(() => enter('last'))
  enter('b')
  for (let i = 0; i < 4; i++) await turn()
  expect(started).toEqual(['inner', 'b', 'last'])
})

test('each starts in the async context in which it entered, and not in that of the one whose turn came before', async () => {
  const pacer = new Pacer()
  const context = new AsyncLocalStorage<string>()
  const seen: unknown[] = []
  const enter = (): unknown => pacer.enter(() => seen.push(context.getStore()))
  for (const name of ['a', 'b', 'c']) context.run(name, enter)
  enter()
  for (let i = 0; i < 3; i++) await turn()
  expect(seen).toEqual(['a', 'b', 'c', undefined])
})

test('a start that throws tells its caller, and does not hold up the next', async () => {
  const { pacer, started, enter } = pacerOf()
  expect(() =>
    pacer.enter(() => {
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
  const pacer = new Pacer()
  const order: string[] = []
  setTimeout(() => order.push('timer'), 1)
  for (const name of ['first', 'second', 'third']) {
    pacer.enter(() => {
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
  const pacer = new Pacer()
  let isRead = false
  readFile(import.meta.filename, () => (isRead = true))
  let starts = 0
  await new Promise<void>((resolve) => {
    const again = (): void => {
      block(1)
      // A bound that only a loop without turns comes to.
      if (isRead || ++starts === 5000) resolve()
      else pacer.enter(again)
    }
    pacer.enter(again)
  })
  expect(isRead).toBe(true)
})

test('whoever enters and is withdrawn, the others start once each, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ isWithdrawn: fc.boolean(), isTurn: fc.boolean() })), async (entries) => {
      const { started, enter } = pacerOf()
      const entered: string[] = []
      for (const [at, { isWithdrawn, isTurn }] of entries.entries()) {
        const name = String(at)
        const hasStarted = () => started.includes(name)
        const withdraw = enter(name)
        if (isWithdrawn) withdraw()
        if (!isWithdrawn || hasStarted()) entered.push(name)
        if (isTurn) await turn()
      }
      for (let i = 0; i <= entries.length; i++) await turn()
      expect(started).toEqual(entered)
    }),
    { numRuns: 50 },
  )
})
