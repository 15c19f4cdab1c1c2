/** What an outlet hands on: where its items come from. Everything here is called by the outlet alone. */
export interface Feed<T> {
  /** The first `next()` was called. */
  start?(): void
  /** Whether the event loop is given a turn now and then, where the items never have to be waited for. */
  readonly givesTurns?: boolean
  /** Whether an item is there. */
  readonly ready: boolean
  /** A number for all the askings that wait for the next demand; 0 where there is none. */
  readonly owed: number
  /** The promise of the oldest item that its source made, where there is one: it is settled, and can be handed on as it is. */
  readonly promise?: Promise<IteratorYieldResult<T>> | undefined
  /** The oldest item; its source is owed an asking. Nobody else holds what it gives. */
  take(): IteratorYieldResult<T>
  /** Asks the sources that were owed an asking when `owed` gave this number; more where it reads ahead. */
  demand(owed: number): void
  /** Whether no item can come any more, but for those that are there. */
  readonly exhausted: boolean
  /** Nobody will read any more: it never began, or all of it is closed. */
  abandon?(): void
  /** Drops what was not taken. */
  clear(): void
  /** Closes all that is open, and calls `done` when it is. `abort` is the reason that the caller's signal gave. */
  stop(abort: { reason: unknown } | undefined, done: () => void): void
}
