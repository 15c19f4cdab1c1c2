import type { ClosableIterator } from './closable-iterator.ts'
import { captureContext } from './internal/context.ts'
import { requireSource } from './internal/make-merge.ts'
import type { Member } from './internal/member.ts'
import { MergeFeed } from './internal/merge-feed.ts'
import { mergeSettings } from './internal/merge-settings.ts'
import { show } from './checks/options.ts'
import { asyncIteratorPrototype } from './internal/async-iterator-prototype.ts'
import { Outlet } from './internal/outlet.ts'
import { Problems } from './internal/problems.ts'
import type { MergeOptions } from './merge-options.ts'
import type { Source } from './source.ts'

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
export class MergeMap<K, T> implements ClosableIterator<[K, T]> {
  readonly #members = new Map<K, Member>()
  readonly #outlet: Outlet<[K, T]>
  readonly #feed: MergeFeed<[K, T]>
  readonly #onSuppressed: MergeOptions['onSuppressed']

  constructor(options: MergeOptions = {}) {
    const settings = mergeSettings(options)
    settings.onEnded = (member) => {
      if (this.#members.get(member.key as K) === member) this.#members.delete(member.key as K)
    }
    let feed!: MergeFeed<[K, T]>
    this.#outlet = new Outlet<[K, T]>(
      (outlet, ending) => {
        feed = new MergeFeed(outlet, ending, { item: (key, item) => [key, item] as [K, T] }, settings)
        feed.isOpenEnded = true
        return feed
      },
      options.signal,
      new Problems(options.onSuppressed),
    )
    this.#feed = feed
    this.#onSuppressed = options.onSuppressed
  }

  /** The number of sources that have not ended. */
  get size(): number {
    return this.#members.size
  }

  /** Whether there is a source under this key that has not ended. */
  has(key: K): boolean {
    return this.#members.has(key)
  }

  /**
   * Adds a source, or replaces the one under this key: that one is closed, and its unread item dropped. The source runs
   * in the async context of this call.
   *
   * @throws A `TypeError` for what is no source; an `Error` when the map was closed or its reading has ended.
   */
  set(key: K, source: Source<T>): this {
    requireSource(key, source)
    if (!this.#feed.isOpenEnded || this.#outlet.isOver) {
      throw new Error(`Cannot set ${show(key)}: the MergeMap is ${this.#outlet.isOver ? 'no longer read' : 'closed'}`)
    }
    const replaced = this.#members.get(key)
    this.#members.set(key, this.#feed.add(key, source, captureContext()))
    if (replaced !== undefined) {
      const problems = new Problems(this.#onSuppressed)
      this.#feed.remove(replaced, problems, () => problems.settle(undefined))
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
    const member = this.#members.get(key)
    if (member === undefined) return Promise.resolve(false)
    this.#members.delete(key)
    const problems = new Problems(this.#onSuppressed)
    const closed = new Promise<boolean>((resolve, reject) => {
      this.#feed.remove(member, problems, () => {
        const thrown = problems.settleLeaving(undefined)
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

  next(): Promise<IteratorResult<[K, T], undefined>> {
    return this.#outlet.next()
  }

  return(): Promise<IteratorResult<[K, T], undefined>> {
    return this.#outlet.return()
  }

  throw(error: unknown): Promise<IteratorResult<[K, T], undefined>> {
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
