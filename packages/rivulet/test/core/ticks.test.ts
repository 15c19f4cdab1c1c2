import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ticks } from '../../src/core/ticks.ts'
import { rejectionOf, stateOf } from '../support/turn.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

test('ticks counts the intervals since the first next(), the first after ms', async () => {
  const stream = ticks(100)
  await vi.advanceTimersByTimeAsync(1000)
  const first = stream.next()
  await vi.advanceTimersByTimeAsync(99)
  expect(await stateOf(first)).toBe('pending')
  await vi.advanceTimersByTimeAsync(1)
  expect((await first).value).toBe(1)
  const second = stream.next()
  await vi.advanceTimersByTimeAsync(100)
  expect((await second).value).toBe(2)
  await stream.return()
})

test('ticks that are late are one, and the number jumps', async () => {
  const stream = ticks(100)
  const first = stream.next()
  await vi.advanceTimersByTimeAsync(100)
  await first
  await vi.advanceTimersByTimeAsync(350)
  expect((await stream.next()).value).toBe(4)
  const next = stream.next()
  await vi.advanceTimersByTimeAsync(50)
  expect((await next).value).toBe(5)
  await stream.return()
})

test('ticks do not drift: a consumer that is slow by half an interval gets every tick at its time', async () => {
  const stream = ticks(100)
  const seen: [number, number][] = []
  const start = performance.now()
  for (let i = 0; i < 5; i++) {
    const next = stream.next()
    await vi.advanceTimersByTimeAsync(i === 0 ? 100 : 50)
    seen.push([(await next).value!, performance.now() - start])
    await vi.advanceTimersByTimeAsync(50)
  }
  expect(seen).toEqual([
    [1, 100],
    [2, 200],
    [3, 300],
    [4, 400],
    [5, 500],
  ])
  await stream.return()
})

test('ticks leaves no timer when it is left, and runs none while nobody asks', async () => {
  const stream = ticks(100)
  expect(vi.getTimerCount()).toBe(0)
  const next = stream.next()
  expect(vi.getTimerCount()).toBe(1)
  await stream.return()
  await next
  expect(vi.getTimerCount()).toBe(0)
})

test('ticks ends at an abort with its reason, its timer cleared', async () => {
  const controller = new AbortController()
  const next = ticks(100, { signal: controller.signal }).next()
  controller.abort('enough')
  expect(await rejectionOf(next)).toBe('enough')
  expect(vi.getTimerCount()).toBe(0)
})

test.each([0, -1, NaN, Infinity, 2 ** 31])('ticks(%s) is a RangeError', (ms) => {
  expect(() => ticks(ms)).toThrow(RangeError)
})
