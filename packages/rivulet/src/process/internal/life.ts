import type { RunStatus } from '../status.ts'
import type { Execution } from './execution.ts'

/**
 * The program itself as a source that yields nothing: it ends when the program is over, or throws what became of it,
 * and closing it stops the program. Merged with the two streams, it makes of a merge a run.
 */
export class Life implements AsyncIterableIterator<never, undefined> {
  readonly #execution: Execution
  readonly #check: (status: RunStatus) => void

  constructor(execution: Execution, check: (status: RunStatus) => void) {
    this.#execution = execution
    this.#check = check
  }

  async next(): Promise<IteratorResult<never, undefined>> {
    const status = await this.#execution.over
    if (this.#execution.startError !== undefined) throw this.#execution.startError
    // An end that somebody caused is told by the one who caused it.
    if (status.reason === 'exited') this.#check(status)
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
