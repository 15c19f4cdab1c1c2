import type { ClosableIterator } from './closable-iterator.ts'
import { Closing } from './internal/closing.ts'
import { captureContext } from './internal/context.ts'
import type { Ending } from './internal/ending.ts'
import type { Feed } from './internal/feed.ts'
import { requireSource } from './internal/make-merge.ts'
import { Member, type Host } from './internal/member.ts'
import { defaultCleanupTimeoutMs } from './internal/merge-settings.ts'
import { abortSignal } from './checks/options.ts'
import { Outlet } from './internal/outlet.ts'
import { Ring } from './internal/ring.ts'
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
  const list = [...sources]
  list.forEach((source, index) => {
    requireSource(index, source)
  })
  return new Outlet<SourceItem<S>>(
    (outlet, ending) => new InterleaveFeed(outlet, ending, list),
    abortSignal(options.signal),
  )
}

class InterleaveFeed<T> implements Feed<T>, Host {
  readonly #outlet: Outlet<T>
  readonly #ending: Ending
  /** The one whose turn it is comes first. */
  readonly #turns = new Ring<Member>()
  #item: T | undefined
  ready = false

  constructor(outlet: Outlet<T>, ending: Ending, sources: readonly unknown[]) {
    this.#outlet = outlet
    this.#ending = ending
    const context = captureContext()
    sources.forEach((source, index) => {
      this.#turns.push(new Member(index, source, context, this))
    })
  }

  get exhausted(): boolean {
    return this.#turns.size === 0
  }

  take(): T {
    const item = this.#item as T
    this.clear()
    if (this.#turns.size > 0) this.#turns.push(this.#turns.shift())
    return item
  }

  demand(): void {
    if (this.#turns.size > 0 && !this.ready && this.#turns.peek().isIdle) this.#turns.peek().ask()
  }

  clear(): void {
    this.ready = false
    this.#item = undefined
  }

  stop(abort: { reason: unknown } | undefined, done: () => void): void {
    const members: Member[] = []
    while (this.#turns.size > 0) members.push(this.#turns.shift())
    const onError = (error: unknown, key: unknown): void => this.#ending.hear(error, key)
    new Closing(defaultCleanupTimeoutMs, onError, done).close(members, abort)
  }

  arrived(member: Member, item: unknown): void {
    member.promise = undefined
    this.#item = item as T
    this.ready = true
    this.#outlet.pump()
  }

  ended(): void {
    this.#turns.shift()
    this.demand()
    this.#outlet.pump()
  }

  failed(_member: Member, error: unknown): void {
    this.#turns.shift()
    this.#outlet.fail(error)
  }
}
