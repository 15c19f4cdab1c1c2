import type { ClosableIterator } from '../../core/index.ts'

/** A stream with each item made into another; it adds nothing else. */
export class Mapped<A, B> implements ClosableIterator<B> {
  readonly #source: ClosableIterator<A>
  readonly #map: (item: A) => B

  constructor(source: ClosableIterator<A>, map: (item: A) => B) {
    this.#source = source
    this.#map = map
  }

  next(): Promise<IteratorResult<B, undefined>> {
    return this.#source
      .next()
      .then((result) => (result.done === true ? result : { done: false, value: this.#map(result.value) }))
  }

  async return(): Promise<IteratorResult<B, undefined>> {
    await this.#source.return()
    return { done: true, value: undefined }
  }

  async throw(error: unknown): Promise<IteratorResult<B, undefined>> {
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
