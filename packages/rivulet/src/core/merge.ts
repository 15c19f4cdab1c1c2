import type { ClosableIterator } from './closable-iterator.ts'
import { makeMerge } from './internal/make-merge.ts'
import type { MergeOptions } from './merge-options.ts'
import type { Source, SourceItem } from './source.ts'

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
