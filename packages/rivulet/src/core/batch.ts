import { abortSignal, milliseconds, requireOptions, wholeNumber } from './checks/options.ts'
import { requireSource } from './checks/sources.ts'
import type { ClosableIterator } from './closable-iterator.ts'
import type { ErrorCollector } from './outlet/error-collector.ts'
import { Outlet } from './outlet/outlet.ts'
import { SingleFeed, type Outcome, type Producer } from './outlet/single-feed.ts'
import { Closing, defaultCleanupTimeoutMs } from './source/closing.ts'
import { captureContext } from './source/context.ts'
import { LiveSource, type SourceHost } from './source/live-source.ts'
import type { Telling } from './source/scope.ts'
import { Turns } from './source/turns.ts'
import type { Source, SourceItem } from './source.ts'

/** The options of `batch`. */
export interface BatchOptions {
  /** The most items of a batch, a whole number of at least 1. */
  size: number
  /** Milliseconds after its first item at which a batch is given though it is not full; without it, only a full one is. */
  ms?: number | undefined
  /** Stops the reading, which then rejects with its reason. */
  signal?: AbortSignal | undefined
}

/**
 * Gathers the items of a source in arrays, which are never empty: one is given when it has `size` items, `ms` milliseconds
 * after its first one, at the end, and before an error.
 *
 * Laziness: touches no source before the first `next()`, and no timer runs before the first item.
 * Order: that of the source.
 * Back-pressure: the source is asked when a batch is asked for, and on until that is given. The item that was asked for when
 * a batch was given by time begins the next one, which is filled though nobody waits; at most `size` items are held.
 * Ending: with the source; what had been gathered comes before.
 * Errors: those of the source, after what had been gathered.
 * Cancellation: `break`, abort or dispose drops what was gathered, closes the source, and awaits it where it can be told to
 * stop.
 *
 * @throws What the source throws; the signal's reason; `CleanupTimeoutError`. At the call: a `TypeError` or `RangeError` for a
 * `size` or `ms` that cannot be.
 * @example
 * const seen: number[][] = []
 * for await (const numbers of batch([1, 2, 3, 4, 5], { size: 2 })) seen.push(numbers)
 * seen // => [[1, 2], [3, 4], [5]]
 */
export function batch<S extends Source<unknown>>(source: S, options: BatchOptions): ClosableIterator<SourceItem<S>[]> {
  requireOptions('batch', options, ['size', 'ms', 'signal'])
  requireSource('source', source)
  const size = wholeNumber('size', options.size, 1)
  const ms = options.ms === undefined ? undefined : milliseconds('ms', options.ms)
  return new Outlet<SourceItem<S>[]>(
    (outlet, errors) => new SingleFeed(outlet, new BatchProducer(source, errors, size, ms)),
    abortSignal(options.signal),
  )
}

class BatchProducer<T> implements Producer<T[]>, SourceHost<undefined> {
  readonly #source: LiveSource
  readonly #errors: ErrorCollector
  readonly #size: number
  readonly #ms: number | undefined
  readonly #turns = new Turns(() => this.#fill())
  #outcome!: Outcome<T[]>
  #gathered: T[] = []
  /** Whether a batch was asked for and not given. */
  #isWanted = false
  /** Whether what is gathered is given to the next who asks, full or not. */
  #isDue = false
  #hasEnded = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(source: unknown, errors: ErrorCollector, size: number, ms: number | undefined) {
    this.#source = new LiveSource('source', source, captureContext(), this, undefined)
    this.#errors = errors
    this.#size = size
    this.#ms = ms
  }

  produce(outcome: Outcome<T[]>): void {
    this.#outcome = outcome
    this.#isWanted = true
    if (this.#hasEnded) outcome.end()
    else if (this.#isDue) this.#give()
    else this.#fill()
  }

  close(telling: Telling | undefined, onClosed: () => void): void {
    clearTimeout(this.#timer)
    this.#gathered = []
    new Closing(defaultCleanupTimeoutMs, this.#errors, onClosed).start([this.#source], telling)
  }

  arrived(_source: LiveSource, item: unknown): void {
    const gathered = this.#gathered
    gathered.push(item as T)
    this.#turns.count()
    if (gathered.length >= this.#size) {
      this.#givenWhenWanted()
      return
    }
    if (gathered.length === 1 && this.#ms !== undefined) this.#timer = setTimeout(this.#givenWhenWanted, this.#ms)
    this.#fill()
  }

  ended(): void {
    this.#hasEnded = true
    if (this.#gathered.length > 0) this.#give()
    else this.#outcome.end()
  }

  failed(_source: LiveSource, error: unknown): void {
    if (this.#gathered.length > 0) this.#give()
    this.#outcome.fail(error)
  }

  /** Goes on with the batch that is wanted, or was begun. */
  #fill(): void {
    const { length } = this.#gathered
    if ((this.#isWanted || length > 0) && length < this.#size && !this.#turns.isDue) this.#source.ask()
  }

  readonly #givenWhenWanted = (): void => {
    this.#isDue = true
    if (this.#isWanted) this.#give()
  }

  #give(): void {
    const gathered = this.#gathered
    clearTimeout(this.#timer)
    this.#gathered = []
    this.#isWanted = false
    this.#isDue = false
    this.#outcome.deliver(gathered)
  }
}
