import { expect, test } from 'vitest'
import { QueueClosedError } from '../../src/core/errors.ts'
import { fromFunction } from '../../src/core/from-function.ts'
import { gate, readAll } from '../support/probe-source.ts'
import { rejectionOf, settle, stateOf, turn } from '../support/turn.ts'

test('fromFunction calls as its consumer asks, and ends at the value that is done, which is not yielded', async () => {
  let calls = 0
  const stream = fromFunction(() => ++calls, { done: (value) => value === 3 })
  expect(await stream.next()).toEqual({ done: false, value: 1 })
  await settle()
  expect(calls).toBe(1)
  expect(await readAll(stream)).toEqual([2])
  await stream.next()
  expect(calls).toBe(3)
})

test('fromFunction makes one call at a time, whatever number of next() wait', async () => {
  let running = 0
  let most = 0
  let calls = 0
  const stream = fromFunction(async () => {
    most = Math.max(most, ++running)
    await turn()
    running--
    return calls++
  })
  const results = await Promise.all([stream.next(), stream.next(), stream.next()])
  expect(results.map(({ value }) => value)).toEqual([0, 1, 2])
  expect(most).toBe(1)
})

test('fromFunction ends on QueueClosedError, thrown or rejected', async () => {
  expect(
    await readAll(
      fromFunction((): never => {
        throw new QueueClosedError('get')
      }),
    ),
  ).toEqual([])
  expect(await readAll(fromFunction(() => Promise.reject<number>(new QueueClosedError('get'))))).toEqual([])
})

test('fromFunction throws what the function or done throws, and does not call again', async () => {
  let calls = 0
  const failing = fromFunction((): number => {
    calls++
    throw undefined
  })
  expect(await rejectionOf(failing.next())).toBe(undefined)
  expect((await failing.next()).done).toBe(true)
  expect(calls).toBe(1)
  expect(
    await rejectionOf(
      fromFunction(() => 1, {
        done: () => {
          throw 0
        },
      }).next(),
    ),
  ).toBe(0)
})

test('fromFunction aborts the signal of a pending call when it is left, and awaits it', async () => {
  const cleaned = gate()
  let given: AbortSignal | undefined
  const stream = fromFunction((signal) => {
    given = signal
    return new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        void cleaned.promise.then(() => reject(signal.reason))
      })
    })
  })
  const next = stream.next()
  const left = stream.return()
  expect(given?.aborted).toBe(true)
  expect((await next).done).toBe(true)
  cleaned.open()
  expect(await left).toEqual({ done: true, value: undefined })
})

test('fromFunction lets go of a pending call that does not heed its signal', async () => {
  const stream = fromFunction(() => new Promise<never>(() => undefined))
  const next = stream.next()
  expect(await stateOf(stream.return())).not.toBe('rejected')
  await settle()
  expect((await next).done).toBe(true)
})

test('a queue that closes while fromFunction is left is no error', async () => {
  const stream = fromFunction(
    (signal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new QueueClosedError('get')))
      }),
  )
  const next = stream.next()
  expect(await stream.return()).toEqual({ done: true, value: undefined })
  await next
})

test('fromFunction refuses what is no function', () => {
  expect(() => fromFunction(1 as never)).toThrow(/fn must be a function/)
  expect(() => fromFunction(() => 1, { done: 1 as never })).toThrow(/done/)
})
