/** The options of `merge`, `mergeKeyed`, `mergeSettled` and `MergeMap`, for sources with keys of type `K`. */
export interface MergeOptions<K = never> {
  /** Items of each source that may be unread, a whole number; 1 by default. */
  buffer?: number | undefined
  /** `'throw'` (default): the first error ends the reading. `'delay'`: all is read, then one `AggregateError` is thrown. */
  errors?: 'throw' | 'delay' | undefined
  /** The source, or the sources, whose end is that of the merge: the others are closed then. All of them by default. */
  until?: K | readonly K[] | undefined
  /** Milliseconds that a source has for closing; 5,000 by default. */
  cleanupTimeoutMs?: number | undefined
  /** Stops everything; the reading then rejects with its reason. */
  signal?: AbortSignal | undefined
  /** Hears of every error that is not the one thrown, with the key of its source, which is its index in `merge`. */
  onSuppressed?: ((error: unknown, key: unknown) => void) | undefined
}
