import { expect, test } from 'vitest'
import { asCompleted } from '../../src/core/as-completed.ts'
import { gate, readAll } from '../support/probe-source.ts'
import { rejectionOf, settle, turn } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

test('asCompleted yields in the order of completion, plain values too', async () => {
  const [a, b] = [gate<string>(), gate<string>()]
  const reading = readAll(asCompleted([a.promise, b.promise, 'now']))
  await turn()
  b.open('b')
  await turn()
  a.open('a')
  expect(await reading).toEqual(['now', 'b', 'a'])
  expect(await readAll(asCompleted([]))).toEqual([])
})

test('asCompleted attaches at the first next()', async () => {
  let attached = 0
  const stream = asCompleted([
    {
      then: (resolve: (value: number) => void) => {
        attached++
        resolve(1)
      },
    },
  ])
  await turn()
  expect(attached).toBe(0)
  expect((await stream.next()).value).toBe(1)
})

test('asCompleted throws a rejection in its turn and ends; the others are handled', async () => {
  const unhandled = collectUnhandled()
  const [first, second, third] = [gate<string>(), gate<string>(), gate<string>()]
  const stream = asCompleted([first.promise, second.promise, third.promise])
  const item = stream.next()
  first.open('first')
  await item
  second.break(null)
  await turn()
  third.break('later')
  await settle()
  expect(await rejectionOf(stream.next())).toBe(null)
  expect((await stream.next()).done).toBe(true)
  await settle()
  expect(unhandled.stop()).toEqual([])
})

test('asCompleted left early leaves no rejection unhandled', async () => {
  const unhandled = collectUnhandled()
  const late = gate<string>()
  for await (const _ of asCompleted(['now', late.promise])) break
  late.break('late')
  await settle()
  expect(unhandled.stop()).toEqual([])
})
