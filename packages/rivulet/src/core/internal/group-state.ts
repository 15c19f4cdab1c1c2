import { CleanupTimeoutError } from '../errors.ts'
import { isOwnAbort } from './own-abort.ts'
import { suppress } from './suppress.ts'

interface Running {
  readonly name: string
  readonly isBackground: boolean
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
  #timer: ReturnType<typeof setTimeout> | undefined

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
    if (this.#controller.signal.aborted) this.#stop(undefined)
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
    if (!this.#controller.signal.aborted) {
      if (abort === undefined) this.#controller.abort()
      else this.#controller.abort(abort.reason)
    }
    if (!this.#isOver) this.#timer ??= setTimeout(() => this.#letGo(), this.#timeoutMs)
  }

  #left(running: Running): void {
    if (!this.#running.delete(running)) return
    if (!running.isBackground) this.#foreground--
    this.#advance()
  }

  #letGo(): void {
    this.#timer = undefined
    const late = [...this.#running]
    for (const running of late) {
      this.#fail(new CleanupTimeoutError('task', running.name, this.#timeoutMs))
      this.#left(running)
    }
  }

  #advance(): void {
    if (this.#isOver || this.#bodyRuns || this.#foreground > 0) return
    if (this.#running.size === 0) {
      this.#isOver = true
      clearTimeout(this.#timer)
      this.#onOver(this.#failure)
    } else if (this.#timer === undefined) this.#stop(undefined)
  }
}
