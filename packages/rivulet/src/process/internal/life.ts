import type { Execution } from './execution.ts'

/**
 * The program itself as a source that yields nothing: it ends when the program is over, and closing it stops the program.
 * Merged with the two streams, it makes of a merge a run. How the program ended is no error of this source: the merge
 * would stop the other two for it, whose last lines are still to be read.
 */
export class Life<T> implements AsyncIterableIterator<never, undefined> {
  readonly #execution: Execution<T>

  constructor(execution: Execution<T>) {
    this.#execution = execution
  }

  async next(): Promise<IteratorResult<never, undefined>> {
    await this.#execution.over
    if (this.#execution.startError !== undefined) throw this.#execution.startError
    return { done: true, value: undefined }
  }

  async return(): Promise<IteratorResult<never, undefined>> {
    await this.#execution.stop('killed')
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
