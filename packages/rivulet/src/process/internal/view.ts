import type { ClosableIterator } from '../../core/index.ts'
import type { Controls } from './controls.ts'
import type { Reading } from './execution.ts'
import { Leavable } from './leavable.ts'
import type { StreamName } from './stream-name.ts'

type Result<T> = IteratorResult<[StreamName, T], undefined>
type End = IteratorResult<never, undefined>

/** A way of reading a run: begins it at the first `next()`, and stops it when it is left. */
export class View<T> extends Leavable<[StreamName, T]> {
  readonly #controls: Controls
  readonly #reading: Reading<T>
  #merged: ClosableIterator<[StreamName, T]> | undefined
  /** How the reading ended, as whoever was the first to hear of it is told. */
  #last: Promise<End> | undefined
  #isLeft = false

  constructor(controls: Controls, reading: Reading<T>) {
    super()
    this.#controls = controls
    this.#reading = reading
  }

  next(): Promise<Result<T>> {
    return this.#ask(true)
  }

  /** Whether its consumer has left. */
  get isLeft(): boolean {
    return this.#isLeft
  }

  /** Whether what is unread is dropped. */
  get isStopped(): boolean {
    return this.#isLeft || this.#controls.isStopped
  }

  /** Asks as `next()` does, for a consumer that does not wait for it yet: `waitFor` tells when it does. */
  begin(): Promise<Result<T>> {
    return this.#ask(false)
  }

  /** The consumer waits for what `begin` gave. */
  async waitFor(asked: Promise<Result<T>>): Promise<Result<T>> {
    const { drain } = this.#controls
    drain.asks()
    try {
      return await asked
    } finally {
      drain.answered()
    }
  }

  #ask(isWaiting: boolean): Promise<Result<T>> {
    if (this.#isLeft || this.#last !== undefined) return this.#afterLast()
    if (this.#merged === undefined) {
      try {
        this.#merged = this.#controls.start(this.#reading)
      } catch (error) {
        // The reason of an abort may be anything, and is passed on as it is.
        return this.#end(() => Promise.reject(error))
      }
    }
    const drain = isWaiting ? this.#controls.drain : undefined
    drain?.asks()
    return this.#merged.next().then<Result<T>, Result<T>>(
      (result) => {
        drain?.answered()
        return result.done === true ? this.#end(() => this.#controls.conclude()) : result
      },
      (error: unknown) => {
        drain?.answered()
        return this.#end(() => this.#controls.judge(error))
      },
    )
  }

  async return(): Promise<Result<T>> {
    this.#isLeft = true
    this.#controls.leave()
    if (this.#merged !== undefined) return this.#merged.return()
    if (!this.#controls.isStarted) this.#controls.abandon()
    return { done: true, value: undefined }
  }

  /** The first who hears of the end is told how it was, the others that it is. */
  #end(how: () => Promise<End>): Promise<End> {
    if (this.#isLeft || this.#last !== undefined) return this.#afterLast()
    this.#controls.leave()
    this.#last = how()
    return this.#last
  }

  /** Done; where someone is still being told how it ended, after that. */
  #afterLast(): Promise<End> {
    const done = (): End => ({ done: true, value: undefined })
    return this.#isLeft || this.#last === undefined ? Promise.resolve(done()) : this.#last.then(done, done)
  }
}
