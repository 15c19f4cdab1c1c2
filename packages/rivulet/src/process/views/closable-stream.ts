import type { ClosableIterator } from '../../core/index.ts'

/** A stream that is its own iterator, and that `throw()` and dispose close as `return()` does. */
export abstract class ClosableStream<T> implements ClosableIterator<T> {
  abstract next(): Promise<IteratorResult<T, undefined>>
  abstract return(): Promise<IteratorResult<T, undefined>>

  async throw(error: unknown): Promise<IteratorResult<T, undefined>> {
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
