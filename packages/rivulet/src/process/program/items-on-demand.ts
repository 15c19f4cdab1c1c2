interface Call<T> {
  resolve(result: IteratorResult<T, undefined>): void
  reject(error: unknown): void
}

/**
 * Gives items one by one to a reader that calls `next()` again only when it was answered, as a merge does. More are made
 * only when none is left and a call waits.
 */
export class ItemsOnDemand<T> {
  /** Gives `undefined` if nothing has come yet. */
  readonly #make: () => readonly T[] | undefined
  #ready: readonly T[] = []
  #at = 0
  #waiting: Call<T> | undefined
  #isAnswering = false
  #isClosed = false
  #last: (() => readonly T[]) | undefined
  #error: { error: unknown } | undefined

  constructor(make: () => readonly T[] | undefined) {
    this.#make = make
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.answer()
    })
  }

  /** Something may have come. */
  answer(): void {
    // Making an item may close this: then it is answered once that item was given.
    if (this.#isAnswering) return
    this.#isAnswering = true
    while (this.#waiting !== undefined && this.#advance(this.#waiting));
    this.#isAnswering = false
  }

  /** No more is made: what `last` gives is delivered, and then the end or the error. */
  close(last: () => readonly T[], error?: { error: unknown }): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#last = last
    this.#error = error
    this.answer()
  }

  /** Says whether to go on. */
  #advance(call: Call<T>): boolean {
    if (this.#at < this.#ready.length) {
      this.#waiting = undefined
      call.resolve({ done: false, value: this.#ready[this.#at++] as T })
      return false
    }
    const more = this.#more()
    if (more !== undefined) {
      this.#ready = more
      this.#at = 0
      return true
    }
    if (!this.#isClosed) return false
    // Making the items has closed it.
    if (this.#last !== undefined) return true
    this.#waiting = undefined
    const error = this.#error
    this.#error = undefined
    if (error === undefined) call.resolve({ done: true, value: undefined })
    else call.reject(error.error)
    return false
  }

  #more(): readonly T[] | undefined {
    if (!this.#isClosed) return this.#make()
    const last = this.#last
    this.#last = undefined
    return last?.()
  }
}
