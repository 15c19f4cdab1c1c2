import type { RunLifecycle } from '../lifecycle/run-lifecycle.ts'
import type { Reading } from '../lifecycle/run-setup.ts'
import type { RunStream } from '../lifecycle/start-turns.ts'
import type { StreamName } from '../stream-name.ts'
import { ClosableStream } from './closable-stream.ts'

type Result<T> = IteratorResult<[StreamName, T], undefined>
type End = IteratorResult<never, undefined>

/** A way of reading a run: begins it at the first `next()`, and stops it when it is closed. */
export class View<T> extends ClosableStream<[StreamName, T]> {
  readonly #lifecycle: RunLifecycle
  readonly #reading: Reading<T>
  #stream: RunStream<[StreamName, T]> | undefined
  /** Calls for whose answer the consumer waits. */
  #waiting = 0
  /** How the reading ended, for whoever hears of it first. */
  #last: Promise<End> | undefined
  #isClosed = false

  constructor(lifecycle: RunLifecycle, reading: Reading<T>) {
    super()
    this.#lifecycle = lifecycle
    this.#reading = reading
  }

  next(): Promise<Result<T>> {
    return this.#lifecycle.askInScope('item', () => this.#ask(true))
  }

  /** Asks for something that comes of this view. */
  askInScope<R extends Promise<unknown>>(ask: () => R): R {
    return this.#lifecycle.askInScope('item', ask)
  }

  /** An item is given that is there, and was not asked for here. */
  joinScope(): void {
    this.#lifecycle.joinScope()
  }

  /** Whether its consumer has left. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Whether what is unread is dropped. */
  get isStopped(): boolean {
    return this.#isClosed || this.#lifecycle.isStopped
  }

  /** Asks as `next()` does, for a consumer that does not wait for it yet: `waitFor` says when it does. */
  begin(): Promise<Result<T>> {
    return this.#ask(false)
  }

  /** The consumer waits for what `begin` gave. */
  async waitFor(asked: Promise<Result<T>>): Promise<Result<T>> {
    this.#waits()
    try {
      return await asked
    } finally {
      this.#answered()
    }
  }

  async return(): Promise<Result<T>> {
    this.#isClosed = true
    await this.#lifecycle.close()
    return { done: true, value: undefined }
  }

  #ask(isWaiting: boolean): Promise<Result<T>> {
    if (this.#isClosed || this.#last !== undefined) return this.#afterLast()
    const isFirst = this.#stream === undefined
    try {
      this.#stream ??= this.#lifecycle.open(this.#reading, this.#isAwaited)
    } catch (error) {
      // The reason of an abort may be anything, and is thrown as it is.
      return this.#settle(() => Promise.reject(error))
    }
    if (isWaiting) this.#waits()
    const answer = this.#stream.next().then<Result<T>, Result<T>>(
      (result) => {
        if (isWaiting) this.#answered()
        return result.done === true ? this.#settle(() => this.#lifecycle.conclude()) : result
      },
      (error: unknown) => {
        if (isWaiting) this.#answered()
        return this.#settle(() => Promise.reject(error))
      },
    )
    if (isFirst) this.#lifecycle.start()
    return answer
  }

  readonly #isAwaited = (): boolean => this.#waiting > 0

  #waits(): void {
    if (this.#waiting++ === 0) this.#lifecycle.drain?.restart()
  }

  #answered(): void {
    if (--this.#waiting === 0) this.#lifecycle.drain?.pause()
  }

  /** The first who hears of the end is told how it was, the others only that it is. */
  #settle(how: () => Promise<End>): Promise<End> {
    if (this.#isClosed || this.#last !== undefined) return this.#afterLast()
    this.#lifecycle.unlisten()
    this.#last = how()
    return this.#last
  }

  /** Done; but not before whoever is being told how it ended has been told. */
  #afterLast(): Promise<End> {
    const done = (): End => ({ done: true, value: undefined })
    return this.#isClosed || this.#last === undefined ? Promise.resolve(done()) : this.#last.then(done, done)
  }
}
