import type { PullReader } from './pull-reader.ts'

/** A stream that is read throughout and yields nothing, so that the program never waits for it. */
export class Discarded implements AsyncIterableIterator<never, undefined> {
  readonly #reader: PullReader
  readonly #keep: ((chunk: Uint8Array) => void) | undefined

  constructor(reader: PullReader, keep?: (chunk: Uint8Array) => void) {
    this.#reader = reader
    this.#keep = keep
  }

  async next(): Promise<IteratorResult<never, undefined>> {
    for (;;) {
      const { done, value } = await this.#reader.next()
      if (done === true) return { done: true, value: undefined }
      this.#keep?.(value)
    }
  }

  async return(): Promise<IteratorResult<never, undefined>> {
    await this.#reader.return()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
