import type { ClosableIterator } from '../../core/index.ts'
import type { Controls, StreamName } from './controls.ts'
import type { PullReader } from './pull-reader.ts'

/** A way of reading a run: begins it at the first `next()`, and stops it when it is left. */
export class View<T> implements ClosableIterator<[StreamName, T]> {
  readonly #controls: Controls
  readonly #open: (reader: PullReader) => AsyncIterable<T>
  #merged: ClosableIterator<[StreamName, T]> | undefined
  #isOver = false

  constructor(controls: Controls, open: (reader: PullReader) => AsyncIterable<T>) {
    this.#controls = controls
    this.#open = open
  }

  next(): Promise<IteratorResult<[StreamName, T], undefined>> {
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined })
    if (this.#merged === undefined) {
      try {
        this.#merged = this.#controls.start(this.#open)
      } catch (error) {
        this.#isOver = true
        // The reason of an abort may be anything, and is passed on as it is.
        return Promise.reject(error)
      }
    }
    const drain = this.#controls.drain
    drain?.asks()
    return this.#merged.next().then(
      (result) => {
        drain?.answered()
        if (result.done !== true || this.#isOver) return result
        this.#isOver = true
        return this.#controls.conclude()
      },
      (error: unknown) => {
        drain?.answered()
        return this.#controls.judge(error)
      },
    )
  }

  async return(): Promise<IteratorResult<[StreamName, T], undefined>> {
    this.#isOver = true
    if (this.#merged !== undefined) return this.#merged.return()
    if (!this.#controls.isStarted) this.#controls.abandon()
    return { done: true, value: undefined }
  }

  async throw(error: unknown): Promise<IteratorResult<[StreamName, T], undefined>> {
    await this.return()
    throw error
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }
}
