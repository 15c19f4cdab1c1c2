import { callable, show } from './checks/options.ts'
import { requireSource } from './checks/sources.ts'
import type { ClosableIterator } from './closable-iterator.ts'
import type { MergeOptions } from './merge-options.ts'
import { mergeSettings } from './merge/make-merge.ts'
import { MergeFeed, type MergeSettings, type MergeSource } from './merge/merge-feed.ts'
import { keyed, settled } from './merge/wraps.ts'
import { ErrorCollector } from './outlet/error-collector.ts'
import { Outlet } from './outlet/outlet.ts'
import { asyncIteratorPrototype } from './source/async-iterator-prototype.ts'
import { captureContext } from './source/context.ts'
import type { Source } from './source.ts'

/** The options of a `MergeMap`. */
export interface MergeMapOptions<
  K,
  Errors extends 'throw' | 'delay' | 'settled' = 'throw' | 'delay' | 'settled',
> extends Omit<MergeOptions<K>, 'errors'> {
  /** As of a merge; with `'settled'` it yields as `mergeSettled` does, so that no source ends the others by its error. */
  errors?: Errors | undefined
  /** Hears of each source that ended or, settled, failed by itself, when its last item was delivered. */
  onEnded?: ((key: K) => void) | undefined
}

/** What a `MergeMap` yields. */
type MapItem<K, T, Errors> = [K, 'settled' extends Errors ? PromiseSettledResult<T> : T]

/**
 * A keyed merge whose sources come and go while it is read. Empty, it waits; `close()` lets it end.
 *
 * Laziness: `set()` touches no source before the first `next()`; later ones are opened when an item is asked for.
 * Order: arrival; each source keeps its own.
 * Back-pressure: at most one unread item per source, `buffer` for more; memory O(sources).
 * Ending: when it was closed and every source has ended.
 * Errors: as `merge`; what goes wrong while `delete()` closes a source rejects its promise, while `set()` replaces one
 * it is told to `onSuppressed`.
 * Cancellation: `break`, abort or dispose stops every source at once and awaits those that can be told to stop.
 *
 * @throws As `merge` does.
 * @example
 * const rooms = new MergeMap<string, number>()
 * rooms.set('a', [1]).set('b', [2])
 * rooms.close()
 * const seen: [string, number][] = []
 * for await (const pair of rooms) seen.push(pair)
 * seen // => [['a', 1], ['b', 2]]
 */
export class MergeMap<K, T, Errors extends 'throw' | 'delay' | 'settled' = 'throw'> implements ClosableIterator<
  MapItem<K, T, Errors>
> {
  readonly #sources = new Map<K, MergeSource>()
  readonly #outlet: Outlet<MapItem<K, T, Errors>>
  readonly #feed: MergeFeed<MapItem<K, T, Errors>>
  readonly #onSuppressed: MergeOptions['onSuppressed']

  constructor(options: MergeMapOptions<K, Errors> = {}) {
    const checked = mergeSettings('MergeMap', options, ['throw', 'delay', 'settled'], ['onEnded'])
    const { onEnded, onSuppressed } = options
    callable('onEnded', onEnded)
    const context = captureContext()
    const settings: MergeSettings = {
      ...checked,
      onLeft: (source) => {
        if (this.#sources.get(source.key as K) === source) this.#sources.delete(source.key as K)
      },
      onEnded: onEnded && ((key) => context.runInAsyncScope(onEnded, undefined, key as K)),
    }
    let feed!: MergeFeed<MapItem<K, T, Errors>>
    this.#outlet = new Outlet<MapItem<K, T, Errors>>(
      (outlet, collector) => {
        feed = new MergeFeed(outlet, collector, settings.errors === 'settled' ? settled : keyed, settings)
        feed.isOpenEnded = true
        return feed
      },
      options.signal,
      onSuppressed,
    )
    this.#feed = feed
    this.#onSuppressed = onSuppressed
  }

  /** The number of sources that have not ended. */
  get size(): number {
    return this.#sources.size
  }

  /** Whether there is a source under this key that has not ended. */
  has(key: K): boolean {
    return this.#sources.has(key)
  }

  /**
   * Adds a source, or replaces the one under this key: that one is closed, and its unread item dropped. The source runs
   * in the async context of this call.
   *
   * @throws A `TypeError` for what is no source; an `Error` when the map was closed or its reading has ended.
   */
  set(key: K, source: Source<T>): this {
    requireSource(key, source)
    if (!this.#feed.isOpenEnded || this.#outlet.isEnding) {
      throw new Error(`Cannot set ${show(key)}: the MergeMap is ${this.#outlet.isEnding ? 'no longer read' : 'closed'}`)
    }
    const replaced = this.#sources.get(key)
    this.#sources.set(key, this.#feed.add(key, source, captureContext()))
    if (replaced !== undefined) {
      const errors = new ErrorCollector(undefined, this.#onSuppressed)
      this.#feed.remove(replaced, errors, () => errors.settle(undefined, false))
    }
    this.#outlet.refresh()
    return this
  }

  /**
   * Removes and closes a source, and drops its unread item.
   *
   * @returns Whether it was there, when it is closed or let go after `cleanupTimeoutMs`.
   * @throws (as a rejection that nobody has to handle) the first error of the closing, the others suppressed on it.
   */
  delete(key: K): Promise<boolean> {
    const source = this.#sources.get(key)
    if (source === undefined) return Promise.resolve(false)
    this.#sources.delete(key)
    const errors = new ErrorCollector(undefined, this.#onSuppressed)
    const closed = new Promise<boolean>((resolve, reject) => {
      this.#feed.remove(source, errors, () => {
        const thrown = errors.settle(undefined)
        if (thrown === undefined) resolve(true)
        else reject(thrown.error)
      })
    })
    // Whoever does not ask how the closing went has chosen not to hear of it.
    closed.catch(() => undefined)
    return closed
  }

  /** No source comes any more: what is there is read to its end, then the reading ends. */
  close(): void {
    this.#feed.isOpenEnded = false
    this.#outlet.pump()
  }

  next(): Promise<IteratorResult<MapItem<K, T, Errors>, undefined>> {
    return this.#outlet.next()
  }

  return(): Promise<IteratorResult<MapItem<K, T, Errors>, undefined>> {
    return this.#outlet.return()
  }

  throw(error: unknown): Promise<IteratorResult<MapItem<K, T, Errors>, undefined>> {
    return this.#outlet.throw(error)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#outlet[Symbol.asyncDispose]()
  }
}

Object.setPrototypeOf(MergeMap.prototype, asyncIteratorPrototype)
