import { abortSignal, requireOptions } from './checks/options.ts'
import type { ClosableIterator } from './closable-iterator.ts'
import type { Feed } from './outlet/feed.ts'
import { Outlet } from './outlet/outlet.ts'
import { Ring } from './lists/ring.ts'

/** The options of `asCompleted`. */
export interface AsCompletedOptions {
  /** Ends the reading, which then rejects with its reason; the promises themselves cannot be stopped. */
  signal?: AbortSignal | undefined
}

/**
 * Yields the results of promises in the order in which they settle.
 *
 * Laziness: attaches to the promises at the first `next()`; those settled before come in the order given.
 * Order: of settling.
 * Back-pressure: none, for promises run by themselves; memory O(promises).
 * Ending: when all have settled; with none, at once.
 * Errors: a rejection is thrown in its turn and ends the reading; the others are handled.
 * Cancellation: `break`, abort or dispose ends the reading at once; a promise cannot be told to stop.
 *
 * @throws The first rejection, that very reason; the signal's reason.
 * @example
 * const slow = Promise.resolve().then(() => 'slow')
 * const seen: string[] = []
 * for await (const word of asCompleted([slow, 'now'])) seen.push(word)
 * seen // => ['now', 'slow']
 */
export function asCompleted<T>(promises: Iterable<T>, options: AsCompletedOptions = {}): ClosableIterator<Awaited<T>> {
  requireOptions('asCompleted', options, ['signal'])
  const list = [...promises]
  return new Outlet<Awaited<T>>((outlet) => new CompletedFeed(outlet, list), abortSignal(options.signal))
}

class CompletedFeed<T> implements Feed<Awaited<T>> {
  readonly isPaused = false
  readonly readsAhead = false
  readonly #outlet: Outlet<Awaited<T>>
  readonly #results = new Ring<Awaited<T>>()
  #promises: T[]
  #pending: number

  constructor(outlet: Outlet<Awaited<T>>, promises: T[]) {
    this.#outlet = outlet
    this.#promises = promises
    this.#pending = promises.length
  }

  get isReady(): boolean {
    return this.#results.size > 0
  }

  get isExhausted(): boolean {
    return this.#pending === 0
  }

  /** Promises run by themselves: they are listened to from the first asking on. */
  ask(): void {
    const promises = this.#promises
    // The results are kept, not the promises.
    this.#promises = []
    for (const promise of promises) Promise.resolve(promise).then(this.#onFulfilled, this.#onRejected)
  }

  take(): Promise<IteratorYieldResult<Awaited<T>>> {
    return Promise.resolve({ done: false, value: this.shift() })
  }

  shift(): Awaited<T> {
    return this.#results.shift()
  }

  discard(): void {
    this.#results.clear()
  }

  close(_abort: unknown, onClosed: () => void): void {
    onClosed()
  }

  dispose(): void {
    // Nobody will hear of a rejection, which is no reason to end the program.
    for (const promise of this.#promises) Promise.resolve(promise).catch(() => undefined)
    this.#promises = []
  }

  readonly #onFulfilled = (value: Awaited<T>): void => {
    this.#pending--
    if (!this.#outlet.isReading) return
    this.#results.push(value)
    this.#outlet.pump()
  }

  readonly #onRejected = (error: unknown): void => {
    this.#pending--
    this.#outlet.fail(error)
  }
}
