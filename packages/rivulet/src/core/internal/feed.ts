/** An item as `next()` gives it, or the promise of it that its source made, which is settled then. */
export type Answer<T> = IteratorYieldResult<T> | Promise<IteratorYieldResult<T>>

/** What an outlet hands on: where its items come from. Everything here is called by the outlet alone. */
export interface Feed<T> {
  /** The first `next()` was called. */
  start?(): void
  /** Whether the event loop is given a turn now and then, where the items never have to be waited for. */
  readonly givesTurns?: boolean
  /** Whether an item is there. */
  readonly ready: boolean
  /** How many askings wait for the next demand. */
  readonly owed: number
  /** The oldest item; its source is owed an asking. Nobody else holds what it gives. */
  take(): Answer<T>
  /** Asks as many of the owed sources; more where it reads ahead. */
  demand(count: number): void
  /** Whether no item can come any more, but for those that are there. */
  readonly exhausted: boolean
  /** Nobody will read: it never began. */
  abandon?(): void
  /** Drops what was not taken. */
  clear(): void
  /** Closes all that is open, and calls `done` when it is. `abort` is the reason that the caller's signal gave. */
  stop(abort: { reason: unknown } | undefined, done: () => void): void
}
