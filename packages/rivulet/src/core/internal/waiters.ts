import { Ring } from './ring.ts'

type Resolve<T> = (answer: IteratorResult<T, undefined>) => void
type Reject = (error: unknown) => void

/** The `next()` calls that wait, answered in the order in which they were made. */
export class Waiters<T> {
  /** The first of them, in fields of its own: seldom is there another. */
  #resolveFirst: Resolve<T> | undefined
  #rejectFirst: Reject | undefined
  /** How to resolve and how to reject each of the others, in turn. */
  readonly #others = new Ring<Resolve<T> | Reject>()

  get isEmpty(): boolean {
    return this.#resolveFirst === undefined
  }

  wait(): Promise<IteratorResult<T, undefined>> {
    if (!this.isEmpty) return this.#waitBehind()
    // An executor that does nothing else is compiled into its caller: neither it nor its scope is allocated.
    return new Promise((resolve, reject) => {
      this.#resolveFirst = resolve
      this.#rejectFirst = reject
    })
  }

  /** The first is done waiting. */
  resolve(answer: IteratorResult<T, undefined>): void {
    const resolve = this.#resolveFirst as Resolve<T>
    this.#shift()
    resolve(answer)
  }

  /** The first rejects, the others are done. */
  reject(error: unknown): void {
    const reject = this.#rejectFirst as Reject
    this.#shift()
    reject(error)
    this.end()
  }

  /** All are done. */
  end(): void {
    while (!this.isEmpty) this.resolve(end())
  }

  #waitBehind(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      this.#others.push(resolve)
      this.#others.push(reject)
    })
  }

  #shift(): void {
    const others = this.#others
    const isAlone = others.size === 0
    this.#resolveFirst = isAlone ? undefined : others.shift()
    this.#rejectFirst = isAlone ? undefined : (others.shift() as Reject)
  }
}

export function end(): IteratorReturnResult<undefined> {
  return { done: true, value: undefined }
}
