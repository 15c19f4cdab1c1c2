import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Drain } from '../../../src/process/internal/drain.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function drainOf(drainMs = 100) {
  const onEnough = vi.fn()
  return { drain: new Drain(drainMs, onEnough), onEnough }
}

const pass = (ms: number): void => void vi.advanceTimersByTime(ms)

/** The turn in which what a timer has left for the next one is done: the only thing that is due by then. */
const oneTurn = (): void => void vi.advanceTimersToNextTimer()

test('it is enough after drainMs without a byte, when the program has ended and the consumer asks', () => {
  const { drain, onEnough } = drainOf()
  drain.asks()
  drain.exited()
  pass(99)
  expect(onEnough).not.toHaveBeenCalled()
  pass(1)
  oneTurn()
  expect(onEnough).toHaveBeenCalledOnce()
})

test('while the program lives it is never enough', () => {
  const { drain, onEnough } = drainOf()
  drain.asks()
  drain.byte()
  pass(10_000)
  expect(onEnough).not.toHaveBeenCalled()
})

test('the time in which nobody asks is not counted, and each asking begins anew', () => {
  const { drain, onEnough } = drainOf()
  drain.exited()
  pass(10_000)
  for (let i = 0; i < 10; i++) {
    drain.asks()
    pass(99)
    drain.answered()
    pass(10_000)
  }
  expect(onEnough).not.toHaveBeenCalled()
  drain.asks()
  pass(100)
  oneTurn()
  expect(onEnough).toHaveBeenCalledOnce()
})

test('of several who ask at once the last one that is answered ends the time', () => {
  const { drain, onEnough } = drainOf()
  drain.exited()
  drain.asks()
  pass(60)
  // A second asks: the time of the first goes on.
  drain.asks()
  drain.answered()
  pass(39)
  expect(onEnough).not.toHaveBeenCalled()
  pass(1)
  oneTurn()
  expect(onEnough).toHaveBeenCalledOnce()
})

test('a byte begins the time anew', () => {
  const { drain, onEnough } = drainOf()
  drain.exited()
  drain.asks()
  for (let i = 0; i < 10; i++) {
    pass(99)
    drain.byte()
  }
  expect(onEnough).not.toHaveBeenCalled()
  pass(100)
  oneTurn()
  expect(onEnough).toHaveBeenCalledOnce()
})

test('after the timer one more turn passes, and a byte that comes in it begins the time anew', () => {
  const { drain, onEnough } = drainOf()
  drain.exited()
  drain.asks()
  pass(100)
  expect(onEnough).not.toHaveBeenCalled()
  drain.byte()
  pass(99)
  expect(onEnough).not.toHaveBeenCalled()
  pass(1)
  expect(onEnough).not.toHaveBeenCalled()
  oneTurn()
  expect(onEnough).toHaveBeenCalledOnce()
})

test.each(['answered', 'stop'] as const)('in the turn after the timer %s still calls it off', (call) => {
  const { drain, onEnough } = drainOf()
  drain.exited()
  drain.asks()
  pass(100)
  drain[call]()
  pass(10_000)
  expect(onEnough).not.toHaveBeenCalled()
})

test('stop is for good, whatever comes after it', () => {
  const { drain, onEnough } = drainOf()
  drain.exited()
  drain.asks()
  drain.stop()
  drain.byte()
  drain.answered()
  drain.asks()
  drain.exited()
  expect(vi.getTimerCount()).toBe(0)
  pass(10_000)
  expect(onEnough).not.toHaveBeenCalled()
})

test('with drainMs 0 what has come is still read', () => {
  const { drain, onEnough } = drainOf(0)
  drain.asks()
  drain.exited()
  expect(onEnough).not.toHaveBeenCalled()
  pass(1)
  oneTurn()
  expect(onEnough).toHaveBeenCalledOnce()
})

test('nothing is left behind once it is answered', () => {
  const { drain } = drainOf()
  drain.exited()
  drain.asks()
  drain.byte()
  drain.answered()
  expect(vi.getTimerCount()).toBe(0)
})
