import { keyedEntries } from './checks/sources.ts'
import type { ClosableIterator } from './closable-iterator.ts'
import type { AnyKeyedSources, KeyedItem } from './keyed-sources.ts'
import type { MergeOptions } from './merge-options.ts'
import { makeMerge } from './merge/make-merge.ts'
import type { Source, SourceItem } from './source.ts'

/** The options of `mergeSettled`: those of `merge`, but for `errors`, since no error of a source is thrown. */
export type MergeSettledOptions = Omit<MergeOptions, 'errors'>

/** What `mergeSettled` yields. */
export type SettledItem<S> =
  KeyedItem<S> extends infer P ? (P extends [infer K, infer T] ? [K, PromiseSettledResult<T>] : never) : never

/**
 * Merges sources into one stream, each item as soon as its source has it.
 *
 * Laziness: touches no source before the first `next()`; the list of sources is read, and checked, at the call.
 * Order: arrival; each source keeps its own.
 * Back-pressure: at most one unread item per source, `buffer` for more; memory O(sources).
 * Ending: when every source has ended; with none, at once.
 * Errors: the first, the very object thrown, after what had arrived; later ones in `suppressedErrors(error)`.
 * Cancellation: `break`, abort or dispose stops every source at once and awaits those that can be told to stop.
 *
 * @throws What the first failing source threw; an `AggregateError` with `errors: 'delay'`; the signal's reason;
 * `CleanupTimeoutError`. At the call: a `TypeError` for what is no source, a `RangeError` for an option out of range.
 * @example
 * const seen: string[] = []
 * for await (const word of merge([['a', 'b'], ['1']])) seen.push(word)
 * seen // => ['a', '1', 'b']
 */
export function merge<S extends Source<unknown>>(
  sources: Iterable<S>,
  options: MergeOptions = {},
): ClosableIterator<SourceItem<S>> {
  const keyed: [number, unknown][] = []
  for (const source of sources) keyed.push([keyed.length, source])
  return makeMerge(keyed, {}, options)
}

/**
 * Merges sources into one stream of `[key, item]`, each item as soon as its source has it.
 *
 * Laziness: touches no source before the first `next()`; the sources are listed, and checked, at the call.
 * Order: arrival; each source keeps its own.
 * Back-pressure: at most one unread item per source, `buffer` for more; memory O(sources).
 * Ending: when every source has ended; with none, at once.
 * Errors: the first, the very object thrown, after what had arrived; later ones in `suppressedErrors(error)`.
 * Cancellation: `break`, abort or dispose stops every source at once and awaits those that can be told to stop.
 *
 * @throws As `merge` does.
 * @example
 * const seen: string[] = []
 * for await (const [key, item] of mergeKeyed({ word: ['a'], number: [1, 2] })) {
 *   seen.push(key === 'number' ? item.toFixed(1) : item.toUpperCase())
 * }
 * seen // => ['A', '1.0', '2.0']
 */
export function mergeKeyed<const S extends AnyKeyedSources>(
  sources: S,
  options: MergeOptions = {},
): ClosableIterator<KeyedItem<S>> {
  return makeMerge(keyedEntries(sources), { item: (key, item) => [key, item] as KeyedItem<S> }, options)
}

/**
 * Merges sources into one stream of `[key, result]`, in which the error of a source is an item like any other.
 *
 * Laziness: touches no source before the first `next()`; the sources are listed, and checked, at the call.
 * Order: arrival; each source keeps its own, its error last.
 * Back-pressure: at most one unread item per source, `buffer` for more; memory O(sources).
 * Ending: when every source has ended or failed; with none, at once.
 * Errors: never thrown for a source that is read, but yielded as `{ status: 'rejected', reason }`.
 * Cancellation: `break`, abort or dispose stops every source at once and awaits those that can be told to stop.
 *
 * @throws The signal's reason; when leaving, the first error of the closing.
 * @example
 * const seen: unknown[] = []
 * for await (const [key, result] of mergeSettled({ a: [1], b: () => { throw 'no' } })) seen.push([key, result])
 * seen // => [['b', { status: 'rejected', reason: 'no' }], ['a', { status: 'fulfilled', value: 1 }]]
 */
export function mergeSettled<const S extends AnyKeyedSources>(
  sources: S,
  options: MergeSettledOptions = {},
): ClosableIterator<SettledItem<S>> {
  const { buffer, cleanupTimeoutMs, signal, onSuppressed } = options
  return makeMerge<SettledItem<S>>(
    keyedEntries(sources),
    {
      item: (key, value) => [key, { status: 'fulfilled', value }] as SettledItem<S>,
      error: (key, reason) => [key, { status: 'rejected', reason }] as SettledItem<S>,
    },
    { buffer, cleanupTimeoutMs, signal, onSuppressed },
  )
}
