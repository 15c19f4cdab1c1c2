import { show } from './checks/options.ts'

/** A `Queue` made with `overflow: 'strict'` was full: the item was not taken. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'
  /** The most items the queue holds. */
  readonly capacity: number

  constructor(capacity: number) {
    super(`Cannot put: the queue holds its ${String(capacity)} items; get one first, or choose another overflow`)
    this.capacity = capacity
  }
}

/** A `Queue` was closed: nothing can be put into it, and nothing is left to get. */
export class QueueClosedError extends Error {
  override readonly name = 'QueueClosedError'

  constructor(verb: 'put' | 'get') {
    super(verb === 'put' ? 'Cannot put: the queue is closed' : 'Cannot get: the queue is closed and empty')
  }
}

/** Something that was told to stop had not stopped within its time, and was let go. */
export class CleanupTimeoutError extends Error {
  override readonly name = 'CleanupTimeoutError'
  /** The key of the source, or the name of the task. */
  readonly key: unknown
  /** Milliseconds it was given. */
  readonly timeoutMs: number

  constructor(what: 'source' | 'task', key: unknown, timeoutMs: number) {
    super(
      `The ${what} ${show(key)} did not stop within ${String(timeoutMs)} ms and was let go; let it heed its signal, or raise cleanupTimeoutMs`,
    )
    this.key = key
    this.timeoutMs = timeoutMs
  }
}
