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

/** A source gave nothing for too long, and was stopped. */
export class IdleTimeoutError extends Error {
  override readonly name = 'IdleTimeoutError'
  /** Milliseconds that were waited for an item. */
  readonly idleMs: number

  constructor(idleMs: number) {
    super(
      `No item came within ${String(idleMs)} ms, and the source was stopped; raise idleMs if it may be silent for longer`,
    )
    this.idleMs = idleMs
  }
}

/** Something that was told to stop had not stopped within its time, and was abandoned. */
export class CleanupTimeoutError extends Error {
  override readonly name = 'CleanupTimeoutError'
  /** The key of the source, or the name of the task. */
  readonly key: unknown
  /** Milliseconds it was given. */
  readonly timeoutMs: number

  constructor(what: 'source' | 'task', key: unknown, timeoutMs: number) {
    super(
      `The ${what} ${show(key)} did not stop within ${String(timeoutMs)} ms and was abandoned; make it respond to its signal, or raise cleanupTimeoutMs`,
    )
    this.key = key
    this.timeoutMs = timeoutMs
  }
}
