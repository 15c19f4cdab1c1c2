import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Drain } from '../../../src/process/stopping/drain.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** The drain of a program, made when that has exited, and its consumer, as a view tells the drain of it. */
function drainOf(drainMs = 100) {
  const onSilence = vi.fn()
  let drain: Drain | undefined
  let waiting = 0
  const exited = (): void => {
    drain = new Drain(drainMs, () => waiting > 0, onSilence)
  }
  const byte = (): void => drain?.restart()
  const cancel = (): void => drain?.cancel()
  const asks = (): void => {
    if (waiting++ === 0) drain?.restart()
  }
  const answered = (): void => {
    if (--waiting === 0) drain?.pause()
  }
  return { drain: { exited, byte, cancel, asks, answered }, onSilence }
}

const pass = (ms: number): void => void vi.advanceTimersByTime(ms)

/** The turn in which what a timer has left for the next one is done: the only thing that is due by then. */
const oneTurn = (): void => void vi.advanceTimersToNextTimer()

test('it is enough after drainMs without a byte, when the program has ended and the consumer asks', () => {
  const { drain, onSilence } = drainOf()
  drain.asks()
  drain.exited()
  pass(99)
  expect(onSilence).not.toHaveBeenCalled()
  pass(1)
  oneTurn()
  expect(onSilence).toHaveBeenCalledOnce()
})

test('the time in which nobody asks is not counted, and each asking begins anew', () => {
  const { drain, onSilence } = drainOf()
  drain.exited()
  pass(10_000)
  for (let i = 0; i < 10; i++) {
    drain.asks()
    pass(99)
    drain.answered()
    pass(10_000)
  }
  expect(onSilence).not.toHaveBeenCalled()
  drain.asks()
  pass(100)
  oneTurn()
  expect(onSilence).toHaveBeenCalledOnce()
})

test('of several who ask at once the last one that is answered ends the time', () => {
  const { drain, onSilence } = drainOf()
  drain.exited()
  drain.asks()
  pass(60)
  // A second asks: the time of the first goes on.
  drain.asks()
  drain.answered()
  pass(39)
  expect(onSilence).not.toHaveBeenCalled()
  pass(1)
  oneTurn()
  expect(onSilence).toHaveBeenCalledOnce()
})

test('a byte begins the time anew', () => {
  const { drain, onSilence } = drainOf()
  drain.exited()
  drain.asks()
  for (let i = 0; i < 10; i++) {
    pass(99)
    drain.byte()
  }
  expect(onSilence).not.toHaveBeenCalled()
  pass(100)
  oneTurn()
  expect(onSilence).toHaveBeenCalledOnce()
})

test('after the timer one more turn passes, and a byte that comes in it begins the time anew', () => {
  const { drain, onSilence } = drainOf()
  drain.exited()
  drain.asks()
  pass(100)
  expect(onSilence).not.toHaveBeenCalled()
  drain.byte()
  pass(99)
  expect(onSilence).not.toHaveBeenCalled()
  pass(1)
  expect(onSilence).not.toHaveBeenCalled()
  oneTurn()
  expect(onSilence).toHaveBeenCalledOnce()
})

test.each(['answered', 'cancel'] as const)('in the turn after the timer %s still calls it off', (call) => {
  const { drain, onSilence } = drainOf()
  drain.exited()
  drain.asks()
  pass(100)
  drain[call]()
  pass(10_000)
  expect(onSilence).not.toHaveBeenCalled()
})

test('cancel is for good, whatever comes after it', () => {
  const { drain, onSilence } = drainOf()
  drain.exited()
  drain.asks()
  drain.cancel()
  drain.byte()
  drain.answered()
  drain.asks()
  expect(vi.getTimerCount()).toBe(0)
  pass(10_000)
  expect(onSilence).not.toHaveBeenCalled()
})

test('with drainMs 0 what has come is still read', () => {
  const { drain, onSilence } = drainOf(0)
  drain.asks()
  drain.exited()
  expect(onSilence).not.toHaveBeenCalled()
  pass(1)
  oneTurn()
  expect(onSilence).toHaveBeenCalledOnce()
})

test('nothing is left behind once it is answered', () => {
  const { drain } = drainOf()
  drain.exited()
  drain.asks()
  drain.byte()
  drain.answered()
  expect(vi.getTimerCount()).toBe(0)
})
