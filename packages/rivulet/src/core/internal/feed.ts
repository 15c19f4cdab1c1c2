/** What an outlet hands on: where its items come from. Everything here is called by the outlet alone. */
export interface Feed<T> {
  /** The first `next()` was called. */
  start?(): void
  /** Whether the event loop is given a turn now and then, where the items never have to be waited for. */
  readonly givesTurns?: boolean
  /** Whether sources are asked again as soon as an item is taken, though nobody waits. */
  readonly readsAhead?: boolean
  /** Whether an item is there. */
  readonly ready: boolean
  /** The oldest item; its source is owed an asking. */
  take(): T
  /** Asks the sources that are owed an asking. */
  demand(): void
  /**
   * Takes the oldest item, as a settled promise, and asks the sources that were owed an asking before; its own as well where it
   * reads ahead. Where it is missing, no source is asked while an item is there.
   */
  give?(): Promise<IteratorYieldResult<T>>
  /** Whether no item can come any more, but for those that are there. */
  readonly exhausted: boolean
  /** Nobody will read any more: it never began, or all of it is closed. */
  abandon?(): void
  /** Drops what was not taken. */
  clear(): void
  /** Closes all that is open, and calls `done` when it is. `abort` is the reason that the caller's signal gave. */
  stop(abort: { reason: unknown } | undefined, done: () => void): void
}
