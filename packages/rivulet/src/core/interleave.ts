import type { Telling } from './source/scope.ts'
import { abortSignal, requireOptions } from './checks/options.ts'
import { requireSource } from './checks/sources.ts'
import type { ClosableIterator } from './closable-iterator.ts'
import type { ErrorCollector } from './outlet/error-collector.ts'
import type { Feed } from './outlet/feed.ts'
import { Outlet } from './outlet/outlet.ts'
import { Ring } from './lists/ring.ts'
import { Closing, defaultCleanupTimeoutMs } from './source/closing.ts'
import { captureContext } from './source/context.ts'
import { LiveSource, type SourceHost } from './source/live-source.ts'
import type { Source, SourceItem } from './source.ts'

/** The options of `interleave`. */
export interface InterleaveOptions {
  /** Stops everything; the reading then rejects with its reason. */
  signal?: AbortSignal | undefined
}

/**
 * Takes one item from each source in turn, waiting for it; a source that has ended drops out.
 *
 * Laziness: touches no source before its first turn.
 * Order: round robin, in the order of the sources.
 * Back-pressure: asks only the source whose turn it is, when an item is asked for.
 * Ending: when every source has ended; with none, at once.
 * Errors: that of a source, in its turn; the others are closed first, their errors are in `suppressedErrors(error)`.
 * Cancellation: `break`, abort or dispose closes every source that was opened, and awaits those that can be told to stop.
 *
 * @throws What a source threw; the signal's reason; `CleanupTimeoutError`.
 * @example
 * const seen: unknown[] = []
 * for await (const item of interleave([['a', 'b', 'c'], [1]])) seen.push(item)
 * seen // => ['a', 1, 'b', 'c']
 */
export function interleave<S extends Source<unknown>>(
  sources: Iterable<S>,
  options: InterleaveOptions = {},
): ClosableIterator<SourceItem<S>> {
  requireOptions('interleave', options, ['signal'])
  const list = [...sources]
  list.forEach((source, index) => {
    requireSource(index, source)
  })
  return new Outlet<SourceItem<S>>(
    (outlet, errors) => new InterleaveFeed(outlet, errors, list),
    abortSignal(options.signal),
  )
}

class InterleaveFeed<T> implements Feed<T>, SourceHost<undefined> {
  readonly isPaused = false
  readonly readsAhead = false
  readonly #outlet: Outlet<T>
  readonly #errors: ErrorCollector
  /** The one whose turn it is comes first. */
  readonly #turns = new Ring<LiveSource>()
  #item: T | undefined
  isReady = false

  constructor(outlet: Outlet<T>, errors: ErrorCollector, sources: readonly unknown[]) {
    this.#outlet = outlet
    this.#errors = errors
    const context = captureContext()
    sources.forEach((source, index) => {
      this.#turns.push(new LiveSource(index, source, context, this, undefined))
    })
  }

  get isExhausted(): boolean {
    return this.#turns.size === 0
  }

  ask(): void {
    if (this.#turns.size > 0 && !this.isReady) this.#turns.peek().ask()
  }

  take(): Promise<IteratorYieldResult<T>> {
    return Promise.resolve({ done: false, value: this.shift() })
  }

  shift(): T {
    const item = this.#item as T
    this.discard()
    if (this.#turns.size > 0) this.#turns.push(this.#turns.shift())
    return item
  }

  discard(): void {
    this.isReady = false
    this.#item = undefined
  }

  close(telling: Telling | undefined, onClosed: () => void): void {
    const sources: LiveSource[] = []
    while (this.#turns.size > 0) sources.push(this.#turns.shift())
    new Closing(defaultCleanupTimeoutMs, this.#errors, onClosed).start(sources, telling)
  }

  arrived(_source: LiveSource, item: unknown): void {
    this.#item = item as T
    this.isReady = true
    this.#outlet.pump()
  }

  ended(): void {
    this.#turns.shift()
    this.ask()
    this.#outlet.pump()
  }

  failed(_source: LiveSource, error: unknown): void {
    this.#turns.shift()
    this.#outlet.fail(error)
  }
}
