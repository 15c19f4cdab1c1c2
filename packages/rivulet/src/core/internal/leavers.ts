import { Ring } from './ring.ts'
import { end } from './waiters.ts'

interface Leaver {
  resolve(result: IteratorReturnResult<undefined>): void
  reject(error: unknown): void
  /** What `throw()` was called with. */
  readonly thrown: { error: unknown } | undefined
}

/** The `return()` and `throw()` calls that wait for the closing. */
export class Leavers {
  readonly #ring = new Ring<Leaver>()

  get size(): number {
    return this.#ring.size
  }

  wait(thrown: { error: unknown } | undefined): Promise<IteratorReturnResult<undefined>> {
    return new Promise((resolve, reject) => {
      this.#ring.push({ resolve, reject, thrown })
    })
  }

  /** Answers all: the first with what the closing led to, the others with what they brought. */
  settle(judge: (thrown: { error: unknown } | undefined) => { error: unknown } | undefined): void {
    let judged = judge
    while (this.#ring.size > 0) {
      const leaver = this.#ring.shift()
      const rejection = judged(leaver.thrown)
      judged = (own) => own
      if (rejection === undefined) leaver.resolve(end())
      else leaver.reject(rejection.error)
    }
  }
}
