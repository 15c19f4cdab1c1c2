import type { RunningProgram } from './running-program.ts'

/**
 * The program itself as a source that yields nothing: it ends when the program is over, and closing it stops the program.
 * Merged with the two streams, it makes a run of a merge. How the program ended is no error of this source: the merge
 * would stop the other two for it, while their last lines are still to be read.
 */
export class ProgramSource<T> implements AsyncIterableIterator<never, undefined> {
  readonly #program: RunningProgram<T>

  constructor(program: RunningProgram<T>) {
    this.#program = program
  }

  async next(): Promise<IteratorResult<never, undefined>> {
    await this.#program.over
    if (this.#program.startError !== undefined) throw this.#program.startError
    return { done: true, value: undefined }
  }

  async return(): Promise<IteratorResult<never, undefined>> {
    await this.#program.stop('killed')
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
