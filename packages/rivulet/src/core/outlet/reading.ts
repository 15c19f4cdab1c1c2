import type { ErrorCollector, Thrown } from './error-collector.ts'

type Cause =
  | { kind: 'failed'; error: unknown; key: unknown }
  | { kind: 'aborted'; reason: unknown }
  | { kind: 'enough' }
  | { kind: 'left' }

/**
 * How far a stream has been read and why it ends, without a promise. This is what each event does in each phase:
 *
 * | event       | created              | reading                  | closing                  | closed                   |
 * | ----------- | -------------------- | ------------------------ | ------------------------ | ------------------------ |
 * | `next()`    | reading; over, and   | takes an item, or waits  | takes an item, or waits; | takes an item; then over |
 * |             | rejects, where       |                          | done where left          | and told how it ended    |
 * |             | already aborted      |                          |                          |                          |
 * | `return()`  | over                 | closing, because left    | left; an error that was  | left, likewise; over     |
 * |             |                      |                          | not thrown is suppressed |                          |
 * | an abort    |                      | closing, for its reason  | discards the items       | discards the items       |
 * | a failure   |                      | closing, for that error  | suppressed               | suppressed               |
 * | enough      |                      | closing, without error   |                          |                          |
 * | exhausted   |                      | over; closed where       |                          |                          |
 * |             |                      | errors were delayed      |                          |                          |
 * | all closed  |                      |                          | closed                   |                          |
 *
 * When it is over, every call is done at once, and a failure is still suppressed. The first cause stays, but a consumer that
 * leaves before it was told why the reading ends is told of the closing alone.
 */
export class Reading {
  phase: 'created' | 'reading' | 'closing' | 'closed' | 'over' = 'created'
  readonly #errors: ErrorCollector
  #cause: Cause | undefined

  constructor(errors: ErrorCollector) {
    this.#errors = errors
  }

  /** Whether the consumer has left. */
  get hasLeft(): boolean {
    return this.#cause?.kind === 'left'
  }

  /** A source failed. Says whether everything is to be closed for it. */
  fail(error: unknown, key: unknown): boolean {
    if (this.phase === 'reading') return this.#end({ kind: 'failed', error, key })
    this.#errors.add('closing', error, key)
    return false
  }

  /** The caller's signal was aborted. Says whether everything is to be closed for it. */
  abort(reason: unknown): boolean {
    return this.phase === 'reading' && this.#end({ kind: 'aborted', reason })
  }

  /** All that is wanted has ended. Says whether everything else is to be closed for it. */
  enough(): boolean {
    return this.phase === 'reading' && this.#end({ kind: 'enough' })
  }

  /** The consumer leaves. Says whether everything is to be closed for it. */
  returned(): boolean {
    if (this.#cause?.kind === 'failed') this.#errors.add('undelivered', this.#cause.error, this.#cause.key)
    const cause = { kind: 'left' } as const
    if (this.phase === 'reading') return this.#end(cause)
    this.#cause = cause
    return false
  }

  /** What is thrown to the first who asks, or nothing; everything else is suppressed by it. */
  settle(): Thrown | undefined {
    const cause = this.#cause
    if (cause?.kind === 'failed') return this.#errors.settle(cause)
    if (cause?.kind === 'aborted') return this.#errors.settle({ error: cause.reason })
    return this.#errors.settle(this.#errors.hasDelayed ? { error: this.#errors.aggregate() } : undefined)
  }

  #end(cause: Cause): true {
    this.phase = 'closing'
    this.#cause = cause
    return true
  }
}
