import { abortSignal, callable, requireOptions, show } from './checks/options.ts'
import type { ClosableIterator } from './closable-iterator.ts'
import { CleanupTimeoutError, QueueClosedError } from './errors.ts'
import { Outlet } from './outlet/outlet.ts'
import { SingleFeed, type Producer } from './outlet/single-feed.ts'
import { defaultCleanupTimeoutMs } from './source/closing.ts'
import { captureContext } from './source/context.ts'
import { macrotask } from './source/macrotask.ts'
import { carry, enter, leaving, Scope } from './source/scope.ts'

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
 * Cancellation: `break`, abort or dispose aborts the signal that a pending call was given, and stops whatever stream of ours the
 * call waits for; a call that waits for none, and does not respond to its signal, is abandoned after a macrotask.
 *
 * @throws What the function throws; the signal's reason; `CleanupTimeoutError`.
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
  requireOptions('fromFunction', options, ['done', 'signal'])
  const isDone = callable('done', options.done)
  const signal = abortSignal(options.signal)
  const scope = new Scope()
  const owner = { scope }
  const context = carry(owner, captureContext)
  let isCalling = false
  let isClosing = false
  let onSettled: (() => void) | undefined

  const makeProducer = (feed: () => SingleFeed<T>): Producer<T> => ({
    produce() {
      isCalling = true
      // The next call may begin within `tell`: this one is over before it.
      const settle = (tell: () => void): void => {
        isCalling = false
        const settled = onSettled
        tell()
        settled?.()
      }
      const failed = (error: unknown): void => {
        if (!isClosing) scope.close()
        settle(() => {
          // Closed is how a queue says that it has ended, also to one who is leaving.
          if (error instanceof QueueClosedError) feed().end()
          else if (!scope.isEcho(error)) feed().fail(error)
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
        if (isLast) scope.close()
        settle(() => {
          if (isLast) feed().end()
          else feed().deliver(value)
        })
      }
      const before = enter(owner)
      try {
        const given = context.runInAsyncScope(() => Promise.resolve(fn(scope.signal)), undefined)
        enter(before)
        given.then(arrived, failed)
      } catch (error) {
        enter(before)
        failed(error)
      }
    },
    close(telling = leaving(), onClosed) {
      isClosing = true
      const onError = (error: unknown): void => feed().fail(error)
      const before = enter(owner)
      context.runInAsyncScope(() => scope.tell(telling, isCalling, onError), undefined)
      enter(before)
      if (!isCalling) {
        onClosed()
        return
      }
      let isClosed = false
      const settled = (): void => {
        if (!isClosed) onClosed()
        isClosed = true
      }
      onSettled = settled
      if (!scope.isHeard) {
        // Whether it responds to its signal cannot be known.
        macrotask(settled)
        return
      }
      const timer = setTimeout(() => {
        onError(new CleanupTimeoutError('source', 'fn', defaultCleanupTimeoutMs))
        settled()
      }, defaultCleanupTimeoutMs)
      onSettled = () => {
        clearTimeout(timer)
        settled()
      }
    },
  })
  return new Outlet<T>((outlet) => {
    const feed = new SingleFeed<T>(
      outlet,
      makeProducer((): SingleFeed<T> => feed),
    )
    return feed
  }, signal)
}
