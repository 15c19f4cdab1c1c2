import type { ClosableIterator } from './closable-iterator.ts'
import { QueueClosedError, QueueFullError } from './errors.ts'
import { abortSignal, oneOf, wholeNumber } from './checks/options.ts'
import { QueueConsumer } from './internal/queue-consumer.ts'
import { QueueState } from './internal/queue-state.ts'
import { WaitingCall } from './internal/waiting-call.ts'

/** The options of a `Queue`. */
export interface QueueOptions {
  /** The most items it holds, at least 1. */
  capacity: number
  /**
   * What `put()` does when it is full: `'block'` waits (default), `'strict'` rejects with `QueueFullError`,
   * `'drop-oldest'` and `'drop-newest'` lose an item.
   */
  overflow?: 'block' | 'strict' | 'drop-oldest' | 'drop-newest' | undefined
}

/** What `put()` and `get()` can be told. */
export interface QueueWaitOptions {
  /** Ends the waiting, which leaves no trace; the call then rejects with the reason. */
  signal?: AbortSignal | undefined
}

/**
 * A bounded hand-off between producers and consumers, with an end. Any number of each may share it; each item goes to
 * exactly one consumer.
 *
 * Laziness: holds nothing but what is put into it.
 * Order: first in, first out, for items and for whoever waits; nobody overtakes.
 * Back-pressure: at most `capacity` items; then `put()` waits, or does what `overflow` says.
 * Ending: after `close()`, when what was stored is taken; then `get()` rejects with `QueueClosedError`.
 * Errors: after `fail(error)`, when what was stored is taken, everyone gets that very error.
 * Cancellation: an aborted `put()` or `get()` leaves no trace; a consumer that leaves takes no item with it and does not
 * close the queue.
 *
 * @throws A `RangeError` or `TypeError` for options that cannot be.
 * @example
 * const queue = new Queue<string>({ capacity: 2 })
 * await queue.put('a')
 * await queue.put('b')
 * queue.tryPut('c') // => false
 * await queue.get() // => 'a'
 * queue.close()
 * const rest: string[] = []
 * for await (const item of queue) rest.push(item)
 * rest // => ['b']
 */
export class Queue<T> implements AsyncIterable<T> {
  readonly #state: QueueState<T>
  readonly #overflow: NonNullable<QueueOptions['overflow']>
  /** Where a `get()` waits. Nearly all do so one after the other, and then none of them makes a place. */
  readonly #place = new WaitingCall<T>(undefined)
  /** What every `put()` that does not wait comes to: one promise serves them all. */
  readonly #settled = Promise.resolve()

  constructor(options: QueueOptions) {
    this.#state = new QueueState<T>(wholeNumber('capacity', options.capacity, 1))
    this.#overflow = oneOf('overflow', options.overflow ?? 'block', ['block', 'strict', 'drop-oldest', 'drop-newest'])
  }

  /** Items stored now. */
  get size(): number {
    return this.#state.size
  }

  /**
   * Puts an item in; resolves when it is stored, handed over or, with `'drop-newest'`, dropped.
   *
   * @throws (as a rejection) `QueueClosedError` after `close()`, the very error after `fail()`, `QueueFullError` with
   * `'strict'`, the signal's reason.
   */
  put(item: T, options?: QueueWaitOptions): Promise<void> {
    const signal = options === undefined ? undefined : abortSignal(options.signal)
    const state = this.#state
    if (signal?.aborted === true) return rejected(signal.reason)
    if (state.ending !== undefined) return rejected(state.ending.refusal('put'))
    if (!state.isFull || this.#makeRoom()) {
      state.add(item)
      return this.#settled
    }
    if (this.#overflow === 'strict') return rejected(new QueueFullError(state.capacity))
    if (this.#overflow === 'drop-newest') return this.#settled
    return new WaitingCall<undefined, T>(item).wait(state.putters, signal)
  }

  /** Puts an item in without waiting. Says whether it was taken: not when it is full or closed. */
  tryPut(item: T): boolean {
    const state = this.#state
    if (state.ending !== undefined || (state.isFull && !this.#makeRoom())) return false
    state.add(item)
    return true
  }

  /**
   * Takes the oldest item, and waits for one.
   *
   * @throws (as a rejection) `QueueClosedError` when it is closed and empty, the very error after `fail()`, the
   * signal's reason.
   */
  get(options?: QueueWaitOptions): Promise<T> {
    const signal = options === undefined ? undefined : abortSignal(options.signal)
    const state = this.#state
    if (signal?.aborted === true) return rejected(signal.reason)
    if (state.size > 0) return Promise.resolve(state.take() as Awaited<T>)
    if (state.ending !== undefined) return rejected(state.ending.refusal('get'))
    const isVacant = signal === undefined && this.#place.next === undefined
    return (isVacant ? this.#place : new WaitingCall<T>(undefined)).wait(state.getters, signal)
  }

  /** Takes the oldest item without waiting; `undefined` where there is none. */
  tryGet(): { value: T } | undefined {
    return this.#state.size > 0 ? { value: this.#state.take() } : undefined
  }

  /** The producers are done: what is stored is still delivered; a `put()` that waits is refused, its item not delivered. */
  close(): void {
    this.#state.end({ isFailure: false, refusal: (verb) => new QueueClosedError(verb) })
  }

  /** As `close()`, but in the end everyone gets this error. */
  fail(error: unknown): void {
    this.#state.end({ isFailure: true, refusal: () => error })
  }

  /** A consumer of its own: each item goes to one of them. */
  [Symbol.asyncIterator](): ClosableIterator<T> {
    return new QueueConsumer(this.#state)
  }

  #makeRoom(): boolean {
    if (this.#overflow !== 'drop-oldest') return false
    this.#state.dropOldest()
    return true
  }
}

function rejected(error: unknown): Promise<never> {
  // What it was failed or aborted with is passed on as it is.
  return Promise.reject(error)
}
