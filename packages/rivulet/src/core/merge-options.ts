/** The options of `merge`, `mergeKeyed`, `mergeSettled` and `MergeMap`. */
export interface MergeOptions {
  /** Items of each source that may be unread, a whole number; 1 by default. */
  buffer?: number | undefined
  /** `'throw'` (default): the first error ends the reading. `'delay'`: all is read, then one `AggregateError` is thrown. */
  errors?: 'throw' | 'delay' | undefined
  /** Milliseconds that a source has for closing; 5,000 by default. */
  cleanupTimeoutMs?: number | undefined
  /** Stops everything; the reading then rejects with its reason. */
  signal?: AbortSignal | undefined
  /** Hears of every error that is not the one thrown, with its source's key (its index in `merge`). */
  onSuppressed?: ((error: unknown, key: unknown) => void) | undefined
}
