import type { ClosableIterator } from '../../core/index.ts'
import { ClosableStream } from './closable-stream.ts'

/** A stream whose items are each turned into another; it adds nothing else. */
export class Mapped<A, B> extends ClosableStream<B> {
  readonly #source: ClosableIterator<A>
  readonly #map: (item: A) => B

  constructor(source: ClosableIterator<A>, map: (item: A) => B) {
    super()
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
}
