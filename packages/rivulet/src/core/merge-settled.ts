import type { ClosableIterator } from './closable-iterator.ts'
import { keyedSources } from './internal/keyed-sources.ts'
import { makeMerge } from './internal/make-merge.ts'
import type { AnyKeyedSources, KeyedItem } from './keyed-sources.ts'
import type { MergeOptions } from './merge-options.ts'

/** The options of `mergeSettled`: those of `merge`, but for `errors`, since no error of a source is thrown. */
export type MergeSettledOptions = Omit<MergeOptions, 'errors'>

/** What `mergeSettled` yields. */
export type SettledItem<S> =
  KeyedItem<S> extends infer P ? (P extends [infer K, infer T] ? [K, PromiseSettledResult<T>] : never) : never

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
    keyedSources(sources),
    {
      item: (key, value) => [key, { status: 'fulfilled', value }] as SettledItem<S>,
      error: (key, reason) => [key, { status: 'rejected', reason }] as SettledItem<S>,
    },
    { buffer, cleanupTimeoutMs, signal, onSuppressed },
  )
}
