import { captureContext, type Context } from './context.ts'
import { suppress } from './suppress.ts'

interface Problem {
  error: unknown
  key: unknown
}

/** Called with every error that is not the one thrown, and the key of its source. */
export type OnSuppressed = (error: unknown, key: unknown) => void

/**
 * Every error of a stream beside the one that is thrown, kept until it is known which one that is, so that each is
 * attached to it and told to `onSuppressed`, and none is lost; not even one that comes after all is over.
 */
export class Problems {
  readonly #onSuppressed: OnSuppressed | undefined
  readonly #context: Context | undefined
  /** Of sources, to be thrown together at the end. */
  #collected: Problem[] = []
  /** Had arrived, were not delivered, and never will be. */
  #missed: Problem[] = []
  /** Came while everything was being stopped. */
  #heard: Problem[] = []
  #isSettled = false
  #primary: { error: unknown } | undefined

  constructor(onSuppressed?: OnSuppressed) {
    this.#onSuppressed = onSuppressed
    this.#context = onSuppressed === undefined ? undefined : captureContext()
  }

  get hasCollected(): boolean {
    return this.#collected.length > 0
  }

  collect(error: unknown, key: unknown): void {
    this.#collected.push({ error, key })
  }

  miss(error: unknown, key: unknown): void {
    this.#missed.push({ error, key })
  }

  hear(error: unknown, key: unknown): void {
    if (this.#isSettled) this.#report({ error, key })
    else this.#heard.push({ error, key })
  }

  /** All that was collected, as one error; it is thrown, and so not suppressed. */
  aggregate(): AggregateError {
    const errors = this.#collected.map(({ error }) => error)
    this.#collected = []
    const count = errors.length
    return new AggregateError(errors, `${String(count)} ${count === 1 ? 'source' : 'sources'} failed`)
  }

  /** `primary` is about to be thrown: the rest is kept on it. */
  settle(primary: { error: unknown } | undefined): void {
    this.#isSettled = true
    this.#primary = primary
    for (const problem of [...this.#collected, ...this.#missed, ...this.#heard]) this.#report(problem)
    this.#collected = this.#missed = this.#heard = []
  }

  /** The consumer has left: says what its leaving is to throw, its own error or else the first error of the closing. */
  settleLeaving(own: { error: unknown } | undefined): { error: unknown } | undefined {
    if (own !== undefined) {
      this.settle(own)
      return own
    }
    const unthrown = [...this.#collected, ...this.#missed]
    const primary = this.#heard.shift()
    this.#collected = this.#missed = []
    for (const problem of unthrown) this.#report(problem)
    this.settle(primary)
    return primary
  }

  #report(problem: Problem): void {
    const { error, key } = problem
    if (this.#primary !== undefined) suppress(this.#primary.error, error)
    if (this.#onSuppressed === undefined) return
    try {
      this.#context?.runInAsyncScope(this.#onSuppressed, undefined, error, key)
    } catch (thrown) {
      // The listener's own mistake must neither stop the closing nor vanish: it is an uncaught error, as any listener's.
      queueMicrotask(() => {
        throw thrown
      })
    }
  }
}
