/** Reads a sync iterator as `for await` does: promises in it are awaited, and one that rejects closes it. */
export class AsyncFromSync implements AsyncIterator<unknown, unknown> {
  readonly #iterator: Iterator<unknown>
  readonly #next: Iterator<unknown>['next']

  constructor(iterator: Iterator<unknown>) {
    this.#iterator = iterator
    this.#next = iterator.next
  }

  next(): Promise<IteratorResult<unknown>> {
    const { done, value } = checked(Reflect.apply(this.#next, this.#iterator, []))
    if (done === true) return Promise.resolve(value).then((settled) => ({ done: true, value: settled }))
    return Promise.resolve(value).then(
      (settled) => ({ done: false, value: settled }),
      (error: unknown) => {
        this.#closeQuietly()
        throw error
      },
    )
  }

  return(): Promise<IteratorResult<unknown>> {
    const close = this.#iterator.return
    // The protocol lets `return` be null as well as missing.
    if (close === undefined || (close as unknown) === null) return Promise.resolve({ done: true, value: undefined })
    const { value } = checked(Reflect.apply(close, this.#iterator, []))
    return Promise.resolve(value).then((settled) => ({ done: true, value: settled }))
  }

  #closeQuietly(): void {
    try {
      this.#iterator.return?.()
    } catch {
      // The language drops it too: the rejection that closes the iterator is the error that counts.
    }
  }
}

/** Refuses an iterator result that is no object, in the words of the protocol. */
export function checked<R>(result: R): R {
  if ((typeof result === 'object' && result !== null) || typeof result === 'function') return result
  throw new TypeError(`An iterator gave ${String(result)} where its protocol asks for an object`)
}
