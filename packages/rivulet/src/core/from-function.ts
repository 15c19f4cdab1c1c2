import type { ClosableIterator } from './closable-iterator.ts'
import { QueueClosedError } from './errors.ts'
import { captureContext } from './internal/context.ts'
import { macrotask } from './internal/macrotask.ts'
import { abortSignal, callable, show } from './checks/options.ts'
import { Outlet } from './internal/outlet.ts'
import { isOwnAbort } from './internal/own-abort.ts'
import { SingleFeed, type Producer } from './internal/single-feed.ts'

/** The options of `fromFunction`. */
export interface FromFunctionOptions<T> {
  /** Says of a value that it is the end; it is not yielded. */
  done?: ((value: T) => boolean) | undefined
  /** Ends the calling; the reading then rejects with its reason. */
  signal?: AbortSignal | undefined
}

/**
 * Reads a function as a stream: calls it again and again, one call at a time, as its consumer asks.
 *
 * Laziness: the first call is made at the first `next()`.
 * Order: that of the calls.
 * Back-pressure: a call is made when an item is asked for, never ahead.
 * Ending: at the value for which `done(value)` is true, which is not yielded, or when the function throws `QueueClosedError`.
 * Errors: what the function or `done` throws, after which it is not called again.
 * Cancellation: `break`, abort or dispose aborts the signal that a pending call was given; a call that does not heed it is
 * let go after a macrotask.
 *
 * @throws What the function throws; the signal's reason.
 * @example
 * const queue = new Queue<string>({ capacity: 2 })
 * queue.tryPut('a')
 * queue.close()
 * const seen: string[] = []
 * for await (const item of fromFunction((signal) => queue.get({ signal }))) seen.push(item)
 * seen // => ['a']
 */
export function fromFunction<T>(
  fn: (signal: AbortSignal) => T | PromiseLike<T>,
  options: FromFunctionOptions<T> = {},
): ClosableIterator<T> {
  if (typeof fn !== 'function') throw new TypeError(`fn must be a function, not ${show(fn)}`)
  const isDone = callable('done', options.done)
  const signal = abortSignal(options.signal)
  const context = captureContext()
  const controller = new AbortController()
  let isCalling = false
  let isClosing = false
  let onSettled: (() => void) | undefined

  const producer: Producer<T> = {
    produce(outcome) {
      isCalling = true
      // The next call may begin within `tell`: this one is over before it.
      const settle = (tell: () => void): void => {
        isCalling = false
        const settled = onSettled
        tell()
        settled?.()
      }
      const failed = (error: unknown): void => {
        settle(() => {
          // Closed is how a queue says that it has ended, also to one who is leaving.
          if (error instanceof QueueClosedError) outcome.end()
          else if (!isClosing || !isOwnAbort(error, controller.signal.reason)) outcome.fail(error)
        })
      }
      const arrived = (value: T): void => {
        let isLast = false
        try {
          isLast = !isClosing && isDone !== undefined && context.runInAsyncScope(isDone, undefined, value)
        } catch (error) {
          failed(error)
          return
        }
        settle(() => {
          if (isLast) outcome.end()
          else outcome.deliver(value)
        })
      }
      try {
        context.runInAsyncScope(() => Promise.resolve(fn(controller.signal)), undefined).then(arrived, failed)
      } catch (error) {
        failed(error)
      }
    },
    close(abort, done) {
      isClosing = true
      const stop = (): void => (abort === undefined ? controller.abort() : controller.abort(abort.reason))
      context.runInAsyncScope(stop, undefined)
      if (!isCalling) {
        done()
        return
      }
      let isLetGo = false
      onSettled = () => {
        if (!isLetGo) done()
        isLetGo = true
      }
      macrotask(onSettled)
    },
  }
  return new Outlet<T>((outlet) => new SingleFeed(outlet, producer), signal)
}
