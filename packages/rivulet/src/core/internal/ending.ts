import { isOwnAbort } from './own-abort.ts'
import type { Problems } from './problems.ts'

/** How a reading is to end, once everything is closed. */
type Outcome = { kind: 'error'; error: unknown; key: unknown } | { kind: 'abort'; reason: unknown } | { kind: 'left' }

/**
 * Why a reading ends, and what is thrown then: the first cause stays, but a consumer that leaves before it was told is told
 * of the closing alone.
 */
export class Ending {
  readonly #problems: Problems
  readonly #signal: AbortSignal | undefined
  #outcome: Outcome | undefined

  constructor(problems: Problems, signal: AbortSignal | undefined) {
    this.#problems = problems
    this.#signal = signal
  }

  /** Whether the consumer has left. */
  get isLeft(): boolean {
    return this.#outcome?.kind === 'left'
  }

  /** Whether there are errors to be thrown together. */
  get hasCollected(): boolean {
    return this.#problems.hasCollected
  }

  /** A source failed. */
  fail(error: unknown, key: unknown): void {
    this.#outcome = { kind: 'error', error, key }
  }

  /** The caller's signal was aborted. */
  abort(reason: unknown): void {
    this.#outcome = { kind: 'abort', reason }
  }

  /** The consumer leaves, and misses what it was to be told. */
  leave(): void {
    const missed = this.#outcome
    if (missed?.kind === 'error') this.#problems.miss(missed.error, missed.key)
    this.#outcome = { kind: 'left' }
  }

  /** An error to be thrown at the end together with others, after the rest was read. */
  collect(error: unknown, key: unknown): void {
    this.#problems.collect(error, key)
  }

  /** An error that had arrived, and that nobody will read. */
  miss(error: unknown, key: unknown): void {
    this.#problems.miss(error, key)
  }

  /** An error beside the one that ends the reading. */
  hear(error: unknown, key: unknown): void {
    if (this.#signal?.aborted === true && isOwnAbort(error, this.#signal.reason)) return
    this.#problems.hear(error, key)
  }

  /** All is closed: what is thrown to the first who asks. All else is suppressed by it. */
  settle(): unknown {
    const outcome = this.#outcome
    const error =
      outcome?.kind === 'error'
        ? outcome.error
        : outcome?.kind === 'abort'
          ? outcome.reason
          : this.#problems.aggregate()
    this.#problems.settle({ error })
    return error
  }

  /** All is closed, and the consumer has left, throwing `own` or nothing: what its leaving throws. */
  settleLeaving(own: { error: unknown } | undefined): { error: unknown } | undefined {
    return this.#problems.settleLeaving(own)
  }
}
