import type { ClosableIterator } from './closable-iterator.ts'
import type { Feed } from './internal/feed.ts'
import { abortSignal } from './checks/options.ts'
import { Outlet } from './internal/outlet.ts'
import { Ring } from './internal/ring.ts'

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
  const list = [...promises]
  return new Outlet<Awaited<T>>((outlet) => new CompletedFeed(outlet, list), abortSignal(options.signal))
}

class CompletedFeed<T> implements Feed<Awaited<T>> {
  readonly #outlet: Outlet<Awaited<T>>
  readonly #results = new Ring<Awaited<T>>()
  #promises: T[]
  #pending: number

  constructor(outlet: Outlet<Awaited<T>>, promises: T[]) {
    this.#outlet = outlet
    this.#promises = promises
    this.#pending = promises.length
  }

  start(): void {
    const promises = this.#promises
    // The results are kept, not the promises.
    this.#promises = []
    for (const promise of promises) Promise.resolve(promise).then(this.#onFulfilled, this.#onRejected)
  }

  abandon(): void {
    // Nobody will hear of a rejection, which is no reason to end the program.
    for (const promise of this.#promises) Promise.resolve(promise).catch(() => undefined)
    this.#promises = []
  }

  get ready(): boolean {
    return this.#results.size > 0
  }

  get exhausted(): boolean {
    return this.#pending === 0
  }

  take(): Awaited<T> {
    return this.#results.shift()
  }

  demand(): void {
    // Promises are not asked: they run by themselves.
  }

  clear(): void {
    this.#results.clear()
  }

  stop(_abort: unknown, done: () => void): void {
    done()
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
