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

  next(): Promise<IteratorResult<string[], undefined>> {
    return this.#chunks.next().then(this.#split)
  }

  async return(): Promise<IteratorResult<string[], undefined>> {
    await this.#chunks.return?.()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  readonly #split = (
    result: IteratorResult<Uint8Array, undefined>,
  ): IteratorResult<string[], undefined> | Promise<IteratorResult<string[], undefined>> => {
    if (this.#isEnded) return { done: true, value: undefined }
    if (result.done === true) this.#isEnded = true
    const lines = result.done === true ? this.#splitter.end() : this.#splitter.push(result.value)
    return lines.length > 0 ? { done: false, value: lines } : this.next()
  }
}
