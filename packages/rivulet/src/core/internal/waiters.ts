import { Ring } from './ring.ts'

type Resolve<T> = (answer: IteratorResult<T, undefined>) => void
type Reject = (error: unknown) => void

/** The `next()` calls that wait, answered in the order in which they were made. */
export class Waiters<T> {
  /** How to resolve and how to reject each, in turn. */
  readonly #ring = new Ring<Resolve<T> | Reject>()

  get size(): number {
    return this.#ring.size
  }

  wait(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      this.#ring.push(resolve)
      this.#ring.push(reject)
    })
  }

  /** The first is done waiting. */
  resolve(answer: IteratorResult<T, undefined>): void {
    const resolve = this.#ring.shift() as Resolve<T>
    this.#ring.shift()
    resolve(answer)
  }

  /** The first rejects, the others are done. */
  reject(error: unknown): void {
    this.#ring.shift()
    const reject = this.#ring.shift() as Reject
    reject(error)
    this.end()
  }

  /** All are done. */
  end(): void {
    while (this.#ring.size > 0) this.resolve(end())
  }
}

export function end(): IteratorReturnResult<undefined> {
  return { done: true, value: undefined }
}
