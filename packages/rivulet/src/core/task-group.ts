import { abortSignal, callable, milliseconds, requireOptions, show } from './checks/options.ts'
import { CleanupTimeoutError } from './errors.ts'
import { defaultCleanupTimeoutMs } from './source/closing.ts'
import { onAbort } from './source/on-abort.ts'
import { isOwnAbort } from './source/own-abort.ts'
import {
  currentScope,
  leaving,
  runInScope,
  Scope,
  type ScopeMember,
  type ScopeOwner,
  type Telling,
} from './source/scope.ts'
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
 * Cancellation: an abort stops the body and every task, and whatever stream of ours they wait for; the reason is thrown when all
 * have settled. Inside a source the group is stopped with it. A task that does not end within `cleanupTimeoutMs` is abandoned
 * with a `CleanupTimeoutError`; the body itself is always waited for.
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
  requireOptions('withTaskGroup', options, ['signal', 'cleanupTimeoutMs'])
  const signal = abortSignal(options.signal)
  const timeoutMs = milliseconds('cleanupTimeoutMs', options.cleanupTimeoutMs ?? defaultCleanupTimeoutMs)
  if (signal?.aborted === true) return Promise.reject(signal.reason)
  let resolve!: (value: T) => void
  let reject!: (error: unknown) => void
  const result = new Promise<T>((...settle) => ([resolve, reject] = settle))
  const state = new GroupState(timeoutMs, result, (outcome) => {
    unlisten?.()
    if (outcome === undefined) resolve(value as T)
    else reject(outcome.error)
  })
  const unlisten =
    signal === undefined ? undefined : onAbort(signal, () => state.abort({ reason: signal.reason, isAbort: true }))
  let value: T | undefined
  const group: TaskGroup = {
    signal: state.signal,
    spawn: (task, { name } = {}) => state.start(callable('task', task), 'foreground', name),
    spawnBackground: (task, { name } = {}) => state.start(callable('task', task), 'background', name),
  }
  const running = state.start(async () => {
    value = await body(group)
  }, 'body')
  // The group hears how it ends.
  running.catch(() => undefined)
  return result
}

/** A task, or the body: told to stop with the group, and so is what waits inside it. */
class Running implements ScopeOwner {
  readonly scope: Scope
  readonly name: string
  readonly kind: 'body' | 'foreground' | 'background'
  /** Set when it was told to stop. */
  timer: ReturnType<typeof setTimeout> | undefined

  constructor(controller: AbortController, name: string, kind: Running['kind']) {
    this.scope = new Scope(controller)
    this.name = name
    this.kind = kind
  }
}

/** The tasks of a group: who runs, what failed first, and when all is over. It waits in the scope in which it was made. */
class GroupState implements ScopeMember {
  readonly scopes: Set<Scope> = new Set<Scope>()
  readonly #controller = new AbortController()
  /** The body is one of them. */
  readonly #running = new Set<Running>()
  readonly #timeoutMs: number
  /** What the group comes to. */
  readonly #result: Promise<unknown>
  readonly #onOver: (failure: { error: unknown } | undefined) => void
  #needed = 0
  #spawned = 0
  #isOver = false
  #telling: Telling | undefined
  #failure: { error: unknown } | undefined
  /** Hears what would be suppressed on the failure, where that is no error. */
  #onError: ((error: unknown) => void) | undefined

  constructor(timeoutMs: number, result: Promise<unknown>, onOver: (failure: { error: unknown } | undefined) => void) {
    this.#timeoutMs = timeoutMs
    this.#result = result
    this.#onOver = onOver
    currentScope()?.add(this)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Starts the body, or a task. */
  start<T>(code: (signal: AbortSignal) => T | PromiseLike<T>, kind: Running['kind'], givenName?: string): Promise<T> {
    if (this.#isOver) throw new Error(`Cannot spawn ${givenName ?? 'a task'}: the task group has ended`)
    const name = givenName ?? (kind === 'body' ? 'body' : `task ${String(++this.#spawned)}`)
    const running = new Running(this.#controller, name, kind)
    this.#running.add(running)
    if (kind !== 'background') this.#needed++
    // It is told to stop from its start, so it too has a deadline.
    if (this.#telling !== undefined) this.#tell(running, this.#telling)
    const promise = new Promise<T>((resolve) => {
      resolve(runInScope(running, () => code(this.#controller.signal)))
    })
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

  /** The caller's abort: its reason is what is thrown, whatever fails from now on. */
  abort(telling: Telling): void {
    if (this.#failure !== undefined) return
    this.#failure = { error: telling.reason }
    this.#stop(telling)
  }

  /** The code that waits for the group is told to stop. */
  told(telling: Telling, onError: (error: unknown) => void): boolean {
    if (this.#failure === undefined) this.#onError = onError
    // It is nobody's error, and none that was overlooked where the group is not awaited yet.
    this.#result.catch(() => undefined)
    this.abort(telling)
    return true
  }

  readonly #fail = (error: unknown): void => {
    if (this.#telling !== undefined && isOwnAbort(error, this.#telling.reason)) return
    if (this.#failure === undefined) {
      this.#failure = { error }
      this.#stop(leaving())
    } else if (this.#onError !== undefined) this.#onError(error)
    else suppress(this.#failure.error, error)
  }

  #stop(telling: Telling): void {
    if (this.#telling !== undefined) return
    this.#telling = telling
    for (const running of [...this.#running]) this.#tell(running, telling)
    this.#controller.abort(telling.reason)
  }

  /** Tells it to stop, and abandons it where it has not in its time; but for the body, which is always waited for. */
  #tell(running: Running, telling: Telling): void {
    if (running.kind !== 'body') {
      running.timer = setTimeout(() => {
        this.#fail(new CleanupTimeoutError('task', running.name, this.#timeoutMs))
        this.#settled(running)
      }, this.#timeoutMs)
    }
    runInScope(running, () => running.scope.tell(telling, true, this.#fail))
  }

  #settled(running: Running): void {
    if (!this.#running.delete(running)) return
    clearTimeout(running.timer)
    running.scope.close()
    if (running.kind !== 'background') this.#needed--
    if (this.#isOver || this.#needed > 0) return
    if (this.#running.size > 0) {
      this.#stop(leaving())
      return
    }
    this.#isOver = true
    for (const scope of this.scopes) scope.remove(this)
    this.#onOver(this.#failure)
  }
}
