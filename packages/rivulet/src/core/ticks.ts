import type { ClosableIterator } from './closable-iterator.ts'
import { abortSignal, milliseconds } from './checks/options.ts'
import { Outlet } from './internal/outlet.ts'
import { SingleFeed } from './internal/single-feed.ts'

/** The options of `ticks`. */
export interface TicksOptions {
  /** Ends the ticking; the reading then rejects with its reason. */
  signal?: AbortSignal | undefined
}

/**
 * Counts intervals: yields 1, 2, 3…, the number of whole intervals of `ms` milliseconds since the first `next()`.
 *
 * Laziness: no timer runs before the first `next()`, and none while nobody asks.
 * Order: rising.
 * Back-pressure: nothing is buffered; intervals that passed while nobody asked are one tick, and the number jumps.
 * Ending: never by itself.
 * Errors: none of its own.
 * Cancellation: `break`, abort or dispose clears the timer at once.
 *
 * @param ms Milliseconds between ticks, at least 1.
 * @throws The signal's reason. At the call: a `RangeError` for an `ms` that no timer can wait.
 * @example
 * const seen: number[] = []
 * for await (const tick of ticks(1)) {
 *   seen.push(tick)
 *   break
 * }
 * seen.length // => 1
 */
export function ticks(ms: number, options: TicksOptions = {}): ClosableIterator<number> {
  const intervalMs = milliseconds('ms', ms, 1)
  let startedAt: number | undefined
  let last = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const producer = {
    produce(outcome: { deliver(item: number): void }): void {
      // From the start, never from the tick before: so no delay adds up.
      startedAt ??= performance.now()
      const start = startedAt
      const elapsedMs = performance.now() - start
      const due = Math.max(last + 1, Math.floor(elapsedMs / intervalMs))
      const wait = (): void => {
        const leftMs = start + due * intervalMs - performance.now()
        // A timer may fire a little early by this clock.
        if (leftMs > 0) {
          timer = setTimeout(wait, Math.ceil(leftMs))
          return
        }
        last = Math.max(due, Math.floor((performance.now() - start) / intervalMs))
        outcome.deliver(last)
      }
      wait()
    },
    close(_abort: unknown, done: () => void): void {
      clearTimeout(timer)
      done()
    },
  }
  return new Outlet<number>((outlet) => new SingleFeed(outlet, producer), abortSignal(options.signal))
}
