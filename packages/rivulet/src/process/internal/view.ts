import type { ClosableIterator } from '../../core/index.ts'
import type { Controls, Reading } from './controls.ts'
import type { StreamName } from './stream-name.ts'

/** A way of reading a run: begins it at the first `next()`, and stops it when it is left. */
export class View<T> implements ClosableIterator<[StreamName, T]> {
  readonly #controls: Controls
  readonly #reading: Reading<T>
  #merged: ClosableIterator<[StreamName, T]> | undefined
  #isOver = false

  constructor(controls: Controls, reading: Reading<T>) {
    this.#controls = controls
    this.#reading = reading
  }

  next(): Promise<IteratorResult<[StreamName, T], undefined>> {
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined })
    if (this.#merged === undefined) {
      try {
        this.#merged = this.#controls.start(this.#reading)
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
        this.#end()
        return this.#controls.conclude()
      },
      (error: unknown) => {
        drain?.answered()
        this.#end()
        return this.#controls.judge(error)
      },
    )
  }

  async return(): Promise<IteratorResult<[StreamName, T], undefined>> {
    this.#end()
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

  #end(): void {
    this.#isOver = true
    this.#controls.leave()
  }
}
