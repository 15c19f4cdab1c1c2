import { Ring } from './ring.ts'

interface Waiter<T> {
  resolve(result: IteratorResult<T, undefined>): void
  reject(error: unknown): void
}

/** The `next()` calls that wait, answered in the order in which they were made. */
export class Waiters<T> {
  readonly #ring = new Ring<Waiter<T>>()

  get size(): number {
    return this.#ring.size
  }

  wait(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      this.#ring.push({ resolve, reject })
    })
  }

  /** Takes the first out; it is to be answered with an item. */
  shift(): Waiter<T> {
    return this.#ring.shift()
  }

  /** The first rejects, the others are done. */
  reject(error: unknown): void {
    this.#ring.shift().reject(error)
    this.end()
  }

  /** All are done. */
  end(): void {
    while (this.#ring.size > 0) this.#ring.shift().resolve(end())
  }
}

export function end(): IteratorReturnResult<undefined> {
  return { done: true, value: undefined }
}
