/** Reads a sync iterator as `for await` does: promises in it are awaited, and one that rejects closes it. */
export class SyncIterator implements AsyncIterator<unknown, unknown> {
  readonly #iterator: Iterator<unknown>
  readonly #next: unknown

  constructor(iterator: Iterator<unknown>) {
    this.#iterator = iterator
    this.#next = (iterator as { next: unknown }).next
  }

  next(): Promise<IteratorResult<unknown>> {
    const { done, value } = call(this.#next, this.#iterator)
    if (done) return Promise.resolve(value).then((settled) => ({ done: true, value: settled }))
    return Promise.resolve(value).then(
      (settled) => ({ done: false, value: settled }),
      (error: unknown) => {
        this.#closeQuietly()
        throw error
      },
    )
  }

  return(): Promise<IteratorResult<unknown>> {
    const { return: close } = this.#iterator as { return?: unknown }
    // The protocol lets `return` be null as well as missing.
    if (close === undefined || close === null) return Promise.resolve({ done: true, value: undefined })
    const { value } = call(close, this.#iterator)
    return Promise.resolve(value).then((settled) => ({ done: true, value: settled }))
  }

  #closeQuietly(): void {
    try {
      this.#iterator.return?.()
    } catch {
      // The language ignores it too: the rejection that closes the iterator is the error that counts.
    }
  }
}

function call(method: unknown, iterator: Iterator<unknown>): IteratorResult<unknown, unknown> {
  return requireResult(Reflect.apply(method as () => IteratorResult<unknown, unknown>, iterator, []))
}

/** Refuses an iterator result that is no object, in the words of the protocol. */
export function requireResult<R>(result: R): R {
  if ((typeof result === 'object' && result !== null) || typeof result === 'function') return result
  throw new TypeError(`An iterator gave ${String(result)} where its protocol asks for an object`)
}
