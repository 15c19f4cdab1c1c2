import type { ClosableIterator } from '../../core/index.ts'
import { ClosableStream } from './closable-stream.ts'

type AskInScope = <R extends Promise<unknown>>(ask: () => R) => R

/** A stream whose items are each turned into another; it adds nothing else. */
export class Mapped<A, B> extends ClosableStream<B> {
  readonly #source: ClosableIterator<A>
  readonly #map: (item: A) => B
  readonly #askInScope: AskInScope

  /** `askInScope` is that of the run, where the source is one of its views. */
  constructor(source: ClosableIterator<A>, map: (item: A) => B, askInScope: AskInScope = (ask) => ask()) {
    super()
    this.#source = source
    this.#map = map
    this.#askInScope = askInScope
  }

  next(): Promise<IteratorResult<B, undefined>> {
    return this.#askInScope(() =>
      this.#source
        .next()
        .then((result) => (result.done === true ? result : { done: false, value: this.#map(result.value) })),
    )
  }

  async return(): Promise<IteratorResult<B, undefined>> {
    await this.#source.return()
    return { done: true, value: undefined }
  }
}
