import { abortSignal, oneOf, requireOptions, wholeNumber } from './checks/options.ts'
import { requireSource } from './checks/sources.ts'
import type { ClosableIterator } from './closable-iterator.ts'
import { Outlet } from './outlet/outlet.ts'
import { ReaderPosition } from './share/plan.ts'
import { ReaderFeed } from './share/reader-feed.ts'
import { SharedSource } from './share/shared-source.ts'
import type { Source, SourceItem } from './source.ts'

/** The options of `share`. */
export interface ShareOptions {
  /** The last items that a reader is given before those that come from then on, a whole number; 0 by default. */
  replay?: number | undefined
  /** Items that a reader may have unread, a whole number of at least 1; 64 by default. */
  buffer?: number | undefined
  /** `'wait'` (default): the source waits for the slowest reader. `'drop'`: it waits for none, and who is slow loses the oldest. */
  onSlow?: 'wait' | 'drop' | undefined
}

/** The options of a reader. */
export interface ShareReadOptions {
  /** Makes the reader leave; it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** A source that several may read. */
export interface Shared<T> {
  /** A reader of its own, which begins at its first `next()`. */
  read(options?: ShareReadOptions): SharedReader<T>
}

/** One of the readers of a shared source. */
export interface SharedReader<T> extends ClosableIterator<T> {
  /** How many items it lost because it was slow; 0 with `onSlow: 'wait'`. */
  readonly missed: number
  [Symbol.asyncIterator](): SharedReader<T>
}

/**
 * Lets several read one source: every call of `read()` gives a stream of all items from its first `next()` on, and before them
 * of the last `replay` that the source gave.
 *
 * Laziness: the source is opened by the first reader that is asked for an item, and once.
 * Order: that of the source, for every reader.
 * Back-pressure: the source is asked while the slowest reader has fewer than `buffer` items unread, so that one that neither reads
 * nor leaves holds up the others; with a `buffer` of 1, only when somebody waits as well. With `onSlow: 'drop'` it is asked all
 * the time, and a reader loses the oldest above `buffer` (or `replay`, if that is more), which its `missed` counts. No more than
 * that is held, however many read.
 * Ending: with the source. Whoever begins when it has ended, or when the last reader has left, is given the replay and then the end.
 * Errors: that of the source, the very object, thrown to every reader after what it had unread, and to those who begin later.
 * Cancellation: `break`, abort or dispose makes one reader leave. The last to leave closes the source, and awaits that where the
 * source can be told to stop.
 *
 * @throws What the source throws; the signal's reason; `CleanupTimeoutError`. At the call: a `TypeError` for what is no source, a
 * `RangeError` for an option out of range.
 * @example
 * const shared = share(['a', 'b', 'c'])
 * const read = async (): Promise<string[]> => {
 *   const seen: string[] = []
 *   for await (const letter of shared.read()) seen.push(letter)
 *   return seen
 * }
 * await Promise.all([read(), read()]) // => [['a', 'b', 'c'], ['a', 'b', 'c']]
 */
export function share<S extends Source<unknown>>(source: S, options: ShareOptions = {}): Shared<SourceItem<S>> {
  requireOptions('share', options, ['replay', 'buffer', 'onSlow'])
  requireSource('source', source)
  const shared = new SharedSource<SourceItem<S>>(source, {
    replay: wholeNumber('replay', options.replay ?? 0, 0),
    buffer: wholeNumber('buffer', options.buffer ?? 64, 1),
    onSlow: oneOf('onSlow', options.onSlow ?? 'wait', ['wait', 'drop']),
  })
  return {
    read: (readOptions = {}) => {
      requireOptions('read', readOptions, ['signal'])
      return new Reader(shared, abortSignal(readOptions.signal))
    },
  }
}

class Reader<T> extends Outlet<T> implements SharedReader<T> {
  readonly #shared: SharedSource<T>
  readonly #position: ReaderPosition<T>

  constructor(shared: SharedSource<T>, signal: AbortSignal | undefined) {
    const position = new ReaderPosition<T>()
    super((outlet, errors) => new ReaderFeed(outlet, errors, shared, position), signal)
    this.#shared = shared
    this.#position = position
  }

  get missed(): number {
    return this.#shared.plan.missed(this.#position)
  }
}
