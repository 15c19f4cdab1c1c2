import { abortSignal, milliseconds, requireOptions } from './checks/options.ts'
import { requireSource } from './checks/sources.ts'
import type { ClosableIterator } from './closable-iterator.ts'
import { IdleTimeoutError } from './errors.ts'
import type { ErrorCollector } from './outlet/error-collector.ts'
import { Outlet } from './outlet/outlet.ts'
import { SingleFeed, type Outcome, type Producer } from './outlet/single-feed.ts'
import { Closing, defaultCleanupTimeoutMs } from './source/closing.ts'
import { captureContext } from './source/context.ts'
import { LiveSource, type SourceHost } from './source/live-source.ts'
import { macrotask } from './source/macrotask.ts'
import type { Telling } from './source/scope.ts'
import type { Source, SourceItem } from './source.ts'

/** The options of `idleTimeout`. */
export interface IdleTimeoutOptions {
  /** Stops the reading, which then rejects with its reason. */
  signal?: AbortSignal | undefined
}

/**
 * Gives the items of a source, and fails when it is waited for one longer than `idleMs` milliseconds. The time that the
 * consumer takes does not count.
 *
 * Laziness: touches no source, and starts no timer, before the first `next()`.
 * Order: that of the source.
 * Back-pressure: the source is asked when an item is asked for, never ahead.
 * Ending: with the source.
 * Errors: those of the source, and `IdleTimeoutError`, when the source is stopped; what goes wrong while it stops is in
 * `suppressedErrors(error)`. What came in time is given, however late the event loop gets to it.
 * Cancellation: `break`, abort or dispose closes the source, and awaits it where it can be told to stop.
 *
 * @param idleMs Milliseconds, at least 1.
 * @throws `IdleTimeoutError`; what the source throws; the signal's reason; `CleanupTimeoutError`. At the call: a `RangeError`
 * for an `idleMs` that no timer can wait.
 * @example
 * const queue = new Queue<string>({ capacity: 1 })
 * queue.tryPut('the last one')
 * const seen: string[] = []
 * let caught: unknown
 * try {
 *   for await (const item of idleTimeout(queue, 20)) seen.push(item)
 * } catch (error) { caught = error }
 * seen // => ['the last one']
 * caught instanceof IdleTimeoutError // => true
 */
export function idleTimeout<S extends Source<unknown>>(
  source: S,
  idleMs: number,
  options: IdleTimeoutOptions = {},
): ClosableIterator<SourceItem<S>> {
  requireOptions('idleTimeout', options, ['signal'])
  requireSource('source', source)
  const limitMs = milliseconds('idleMs', idleMs, 1)
  return new Outlet<SourceItem<S>>(
    (outlet, errors) => new SingleFeed(outlet, new TimedProducer(source, errors, limitMs)),
    abortSignal(options.signal),
  )
}

class TimedProducer<T> implements Producer<T>, SourceHost<undefined> {
  readonly #source: LiveSource
  readonly #errors: ErrorCollector
  readonly #idleMs: number
  #outcome!: Outcome<T>
  /** Since when its answer is waited for, in milliseconds of `performance.now()`. */
  #askedAt: number | undefined
  /** It runs on when an item comes, and when it fires it is set again for what is left: so an item costs no timer. */
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(source: unknown, errors: ErrorCollector, idleMs: number) {
    this.#source = new LiveSource('source', source, captureContext(), this, undefined)
    this.#errors = errors
    this.#idleMs = idleMs
  }

  produce(outcome: Outcome<T>): void {
    this.#outcome = outcome
    this.#askedAt = performance.now()
    this.#timer ??= setTimeout(this.#onTime, this.#idleMs)
    this.#source.ask()
  }

  close(telling: Telling | undefined, onClosed: () => void): void {
    this.#disarm()
    new Closing(defaultCleanupTimeoutMs, this.#errors, onClosed).start([this.#source], telling)
  }

  arrived(_source: LiveSource, item: unknown): void {
    this.#askedAt = undefined
    this.#outcome.deliver(item as T)
  }

  ended(): void {
    this.#disarm()
    this.#outcome.end()
  }

  failed(_source: LiveSource, error: unknown): void {
    this.#disarm()
    this.#outcome.fail(error)
  }

  readonly #onTime = (): void => {
    // Where the event loop was held up, a timer fires before what has come meanwhile is read: one more turn reads it.
    if (this.#leftMs() > 0) this.#wait()
    else macrotask(() => this.#wait())
  }

  /** Waits for what is left of the time, or fails where nothing is. */
  #wait(): void {
    this.#timer = undefined
    if (this.#askedAt === undefined) return
    const leftMs = this.#leftMs()
    if (leftMs > 0) this.#timer = setTimeout(this.#onTime, Math.ceil(leftMs))
    else this.#outcome.fail(new IdleTimeoutError(this.#idleMs))
  }

  /** Milliseconds that the source still has. */
  #leftMs(): number {
    const now = performance.now()
    return (this.#askedAt ?? now) + this.#idleMs - now
  }

  #disarm(): void {
    this.#askedAt = undefined
    clearTimeout(this.#timer)
  }
}
