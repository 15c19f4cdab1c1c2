import { CleanupTimeoutError } from '../errors.ts'
import { isOwnAbort } from './own-abort.ts'
import { suppress } from './suppress.ts'

interface Running {
  readonly name: string
  readonly isBackground: boolean
  /** Set when it was told to stop. */
  timer?: ReturnType<typeof setTimeout>
}

/** The tasks of a group: who runs, what failed first, and when all is over. */
export class GroupState {
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
    if (this.#controller.signal.aborted) this.#limit(running)
    const promise = this.runBody(() => task(this.#controller.signal))
    promise.then(
      () => {
        this.#left(running)
      },
      (error: unknown) => {
        // One that was let go and fails later is still heard of, where the failure that was thrown can tell it.
        this.#fail(error)
        this.#left(running)
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
    for (const running of this.#running) this.#limit(running)
    if (abort === undefined) this.#controller.abort()
    else this.#controller.abort(abort.reason)
  }

  /** Lets the task go where it does not end in its time. */
  #limit(running: Running): void {
    running.timer ??= setTimeout(() => {
      this.#fail(new CleanupTimeoutError('task', running.name, this.#timeoutMs))
      this.#left(running)
    }, this.#timeoutMs)
  }

  #left(running: Running): void {
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
