interface Asked<T> {
  resolve(result: IteratorResult<T, undefined>): void
  reject(error: unknown): void
}

/** Hands out items one by one, and has more of them made only when one is asked for and none is there. */
export class AskedItems<T> {
  /** Gives `undefined` where nothing has come yet. */
  readonly #make: () => readonly T[] | undefined
  #ready: readonly T[] = []
  #at = 0
  #asked: Asked<T> | undefined
  #isAnswering = false
  #last: (() => readonly T[]) | undefined
  #isEnded = false
  #error: { error: unknown } | undefined

  constructor(make: () => readonly T[] | undefined) {
    this.#make = make
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject }
      this.answer()
    })
  }

  /** Something may have come. */
  answer(): void {
    // The making may end the run, which is answered when what was made has been given.
    if (this.#isAnswering) return
    this.#isAnswering = true
    while (this.#asked !== undefined && this.#advance(this.#asked));
    this.#isAnswering = false
  }

  /** No more is made: what `last` gives is left, and then the end or the error. */
  end(last: () => readonly T[], error?: { error: unknown }): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#last = last
    this.#error = error
    this.answer()
  }

  /** Gives whether to go on. */
  #advance(asked: Asked<T>): boolean {
    if (this.#at < this.#ready.length) {
      this.#asked = undefined
      asked.resolve({ done: false, value: this.#ready[this.#at++] as T })
      return false
    }
    const more = this.#more()
    if (more !== undefined) {
      this.#ready = more
      this.#at = 0
      return true
    }
    if (!this.#isEnded) return false
    // The making itself has ended it.
    if (this.#last !== undefined) return true
    this.#asked = undefined
    const error = this.#error
    this.#error = undefined
    if (error === undefined) asked.resolve({ done: true, value: undefined })
    else asked.reject(error.error)
    return false
  }

  #more(): readonly T[] | undefined {
    if (!this.#isEnded) return this.#make()
    const last = this.#last
    this.#last = undefined
    return last?.()
  }
}
