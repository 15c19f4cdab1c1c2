import type { ClosableIterator } from './closable-iterator.ts'
import { keyedSources } from './internal/keyed-sources.ts'
import { makeMerge } from './internal/make-merge.ts'
import type { AnyKeyedSources, KeyedItem } from './keyed-sources.ts'
import type { MergeOptions } from './merge-options.ts'

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
  return makeMerge(keyedSources(sources), { item: (key, item) => [key, item] as KeyedItem<S> }, options)
}
