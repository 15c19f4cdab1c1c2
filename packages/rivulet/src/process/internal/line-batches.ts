import { LineSplitter, type LineOptions } from '../../core/index.ts'

/** Reads chunks as batches of lines: for each chunk the lines that it ends, never an empty batch. */
export class LineBatches implements AsyncIterableIterator<string[], undefined> {
  readonly #chunks: AsyncIterator<Uint8Array, undefined>
  readonly #splitter: LineSplitter
  #isEnded = false

  constructor(chunks: AsyncIterator<Uint8Array, undefined>, options: LineOptions) {
    this.#chunks = chunks
    this.#splitter = new LineSplitter(options)
  }

  async next(): Promise<IteratorResult<string[], undefined>> {
    while (!this.#isEnded) {
      const { done, value } = await this.#chunks.next()
      if (done === true) this.#isEnded = true
      const lines = done === true ? this.#splitter.end() : this.#splitter.push(value)
      if (lines.length > 0) return { done: false, value: lines }
    }
    return { done: true, value: undefined }
  }

  async return(): Promise<IteratorResult<string[], undefined>> {
    await this.#chunks.return?.()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
