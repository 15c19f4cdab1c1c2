/** Where the items of a stream come from. Everything here is called by the stream's outlet alone. */
export interface Feed<T> {
  /** Whether an item is there. */
  readonly isReady: boolean
  /** Whether the event loop has its turn first, so that items that never have to be waited for starve nobody. */
  readonly isPaused: boolean
  /** Whether sources are asked again as soon as an item was taken, though nobody waits. */
  readonly readsAhead: boolean
  /** Whether nothing more will come, apart from the items that are there. */
  readonly isExhausted: boolean
  /** Somebody waits: the sources whose turn it is are asked. */
  ask(): void
  /** Takes the oldest item for a `next()` that need not wait, as a settled promise; the source of that item is not asked yet. */
  take(): Promise<IteratorYieldResult<T>>
  /** Takes the oldest item for a `next()` that waits. */
  shift(): T
  /** Discards the items that were not taken. */
  discard(): void
  /** Closes what is open, and calls `onClosed` when it is. `abort` is set where the caller's signal was aborted. */
  close(abort: { reason: unknown } | undefined, onClosed: () => void): void
  /** Nobody will read any more: the reading never began, or everything is closed. */
  dispose?(): void
}
