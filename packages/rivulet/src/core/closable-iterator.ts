/**
 * What every stream here is: its own iterator, read once, and closed by `return()`, `break` or `await using`.
 */
export interface ClosableIterator<T> extends AsyncIterableIterator<T, undefined, undefined>, AsyncDisposable {
  next(): Promise<IteratorResult<T, undefined>>
  /** Settles every pending `next()` as done at once; resolves when all that was opened is closed. */
  return(): Promise<IteratorResult<T, undefined>>
  /** As `return()`, then rejects with `error`. */
  throw(error: unknown): Promise<IteratorResult<T, undefined>>
  [Symbol.asyncIterator](): ClosableIterator<T>
  [Symbol.asyncDispose](): Promise<void>
}
