import { abortSignal, callable, milliseconds, show } from './checks/options.ts'
import { CleanupTimeoutError } from './errors.ts'
import { defaultCleanupTimeoutMs } from './source/closing.ts'
import { isOwnAbort } from './source/own-abort.ts'
import { suppress } from './suppressed-errors.ts'

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
 * `cleanupTimeoutMs` is abandoned with a `CleanupTimeoutError`; the body itself is always waited for.
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

interface Running {
  readonly name: string
  readonly isBackground: boolean
  /** Set when it was told to stop. */
  timer?: ReturnType<typeof setTimeout>
}

/** The tasks of a group: who runs, what failed first, and when all is over. */
class GroupState {
  readonly #controller = new AbortController()
  readonly #running = new Set<Running>()
  readonly #timeoutMs: number
  readonly #onOver: (failure: { error: unknown } | undefined) => void
  #foreground = 0
  #spawned = 0
  #bodyRuns = true
  #isOver = false
  #failure: { error: unknown } | undefined

  constructor(timeoutMs: number, onOver: (failure: { error: unknown } | undefined) => void) {
    this.#timeoutMs = timeoutMs
    this.#onOver = onOver
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  runBody<T>(body: () => T | PromiseLike<T>): Promise<T> {
    return new Promise((resolve) => {
      resolve(body())
    })
  }

  spawn<T>(
    task: (signal: AbortSignal) => T | PromiseLike<T>,
    name: string | undefined,
    isBackground: boolean,
  ): Promise<T> {
    if (this.#isOver) throw new Error(`Cannot spawn ${name ?? 'a task'}: the task group has ended`)
    const running: Running = { name: name ?? `task ${String(++this.#spawned)}`, isBackground }
    this.#running.add(running)
    if (!isBackground) this.#foreground++
    // It is told to stop from its start, so it too has a deadline.
    if (this.#controller.signal.aborted) this.#setDeadline(running)
    const promise = this.runBody(() => task(this.#controller.signal))
    promise.then(
      () => {
        this.#settled(running)
      },
      (error: unknown) => {
        // One that was abandoned and fails later is still heard of, where the failure that was thrown can tell it.
        this.#fail(error)
        this.#settled(running)
      },
    )
    return promise
  }

  bodyEnded(): void {
    this.#bodyRuns = false
    this.#advance()
  }

  bodyFailed(error: unknown): void {
    this.#bodyRuns = false
    this.#fail(error)
    this.#advance()
  }

  /** The caller's abort: its reason is what is thrown, whatever fails from now on. */
  abort(reason: unknown): void {
    if (this.#failure !== undefined) return
    this.#failure = { error: reason }
    this.#stop({ reason })
  }

  #fail(error: unknown): void {
    const { signal } = this.#controller
    if (signal.aborted && isOwnAbort(error, signal.reason)) return
    if (this.#failure === undefined) {
      this.#failure = { error }
      this.#stop(undefined)
    } else {
      suppress(this.#failure.error, error)
    }
  }

  #stop(abort: { reason: unknown } | undefined): void {
    if (this.#controller.signal.aborted) return
    for (const running of this.#running) this.#setDeadline(running)
    if (abort === undefined) this.#controller.abort()
    else this.#controller.abort(abort.reason)
  }

  /** Abandons the task where it does not end in its time. */
  #setDeadline(running: Running): void {
    running.timer ??= setTimeout(() => {
      this.#fail(new CleanupTimeoutError('task', running.name, this.#timeoutMs))
      this.#settled(running)
    }, this.#timeoutMs)
  }

  #settled(running: Running): void {
    if (!this.#running.delete(running)) return
    clearTimeout(running.timer)
    if (!running.isBackground) this.#foreground--
    this.#advance()
  }

  #advance(): void {
    if (this.#isOver || this.#bodyRuns || this.#foreground > 0) return
    if (this.#running.size > 0) {
      this.#stop(undefined)
      return
    }
    this.#isOver = true
    this.#onOver(this.#failure)
  }
}
