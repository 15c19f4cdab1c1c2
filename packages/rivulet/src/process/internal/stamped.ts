import type { PullReader } from './pull-reader.ts'

/** A chunk, and when it was read, in milliseconds since the epoch. */
export interface StampedChunk {
  bytes: Uint8Array
  t: number
}

/** The chunks of a stream with the time at which each was read, which is not when it is asked for by a slow consumer. */
export class Stamped implements AsyncIterableIterator<StampedChunk, undefined> {
  readonly #reader: PullReader

  constructor(reader: PullReader) {
    this.#reader = reader
  }

  next(): Promise<IteratorResult<StampedChunk, undefined>> {
    return this.#reader
      .next()
      .then((result) =>
        result.done === true ? result : { done: false, value: { bytes: result.value, t: Date.now() } },
      )
  }

  async return(): Promise<IteratorResult<StampedChunk, undefined>> {
    await this.#reader.return()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
