import { GroupState } from './internal/group-state.ts'
import { milliseconds, abortSignal, callable, show } from './checks/options.ts'
import { defaultCleanupTimeoutMs } from './internal/merge-settings.ts'

/** The options of `withTaskGroup`. */
export interface TaskGroupOptions {
  /** Stops every task; the call then rejects with its reason. */
  signal?: AbortSignal | undefined
  /** Milliseconds that a task has for ending once it was told to stop; 5,000 by default. */
  cleanupTimeoutMs?: number | undefined
}

/** The options of a task. */
export interface TaskOptions {
  /** What a `CleanupTimeoutError` calls it; 'task 1', 'task 2'… by default. */
  name?: string | undefined
}

/** A task: told to stop by its signal. */
export type Task<T> = (signal: AbortSignal) => T | PromiseLike<T>

/** The group that the body of `withTaskGroup` is given. */
export interface TaskGroup {
  /** Aborted when the group stops. */
  readonly signal: AbortSignal
  /**
   * Starts a task at once, also when the group is stopping: its signal is aborted then.
   *
   * @returns Its result, which nobody has to handle: a failure is the group's too.
   * @throws An `Error` when the group has ended.
   */
  spawn<T>(task: Task<T>, options?: TaskOptions): Promise<T>
  /** As `spawn`, but it is stopped when the body and all other tasks are done. */
  spawnBackground<T>(task: Task<T>, options?: TaskOptions): Promise<T>
}

/**
 * Runs tasks that belong together: it settles only when the body and every task have, and when one fails the rest is
 * stopped.
 *
 * Laziness: the body runs at the call, a task at its `spawn()`.
 * Order: tasks run side by side.
 * Back-pressure: none: as many tasks as are spawned.
 * Ending: with the body's value, when the body and the tasks are done; background tasks are stopped then.
 * Errors: the first failure stops the rest and is thrown, that very object; the others are in `suppressedErrors(error)`.
 * Cancellation: an abort stops every task; the reason is thrown when all have settled. A task that does not end within
 * `cleanupTimeoutMs` is let go with a `CleanupTimeoutError`; the body itself is always waited for.
 *
 * @throws What failed first; the signal's reason; `CleanupTimeoutError`.
 * @example
 * const sum = await withTaskGroup(async (group) => {
 *   const one = group.spawn(() => 1)
 *   const two = group.spawn(async () => 2)
 *   return (await one) + (await two)
 * })
 * sum // => 3
 */
export function withTaskGroup<T>(
  body: (group: TaskGroup) => T | PromiseLike<T>,
  options: TaskGroupOptions = {},
): Promise<T> {
  if (typeof body !== 'function') throw new TypeError(`body must be a function, not ${show(body)}`)
  const signal = abortSignal(options.signal)
  const timeoutMs = milliseconds('cleanupTimeoutMs', options.cleanupTimeoutMs ?? defaultCleanupTimeoutMs)
  if (signal?.aborted === true) return Promise.reject(signal.reason)
  return new Promise<T>((resolve, reject) => {
    const state = new GroupState(timeoutMs, (outcome) => {
      signal?.removeEventListener('abort', onAbort)
      if (outcome === undefined) resolve(value as T)
      else reject(outcome.error)
    })
    const onAbort = (): void => state.abort(signal?.reason)
    signal?.addEventListener('abort', onAbort)
    let value: T | undefined
    const group: TaskGroup = {
      signal: state.signal,
      spawn: (task, { name } = {}) => state.spawn(callable('task', task), name, false),
      spawnBackground: (task, { name } = {}) => state.spawn(callable('task', task), name, true),
    }
    state
      .runBody(() => body(group))
      .then(
        (result) => {
          value = result
          state.bodyEnded()
        },
        (error: unknown) => state.bodyFailed(error),
      )
  })
}
