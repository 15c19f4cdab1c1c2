import { captureContext, type Context } from '../source/context.ts'
import { isOwnAbort, isStopReason } from '../source/own-abort.ts'
import { enter } from '../source/scope.ts'
import { suppress } from '../suppressed-errors.ts'

interface Keyed {
  error: unknown
  key: unknown
}

/** Called with every error that is not the one thrown, and the key of its source. */
export type OnSuppressed = (error: unknown, key: unknown) => void

/**
 * Collects every error of a stream until it is known which one is thrown. Then each of the others is attached to that one
 * and told to `onSuppressed`, and so is any that comes later, so that none is lost.
 */
export class ErrorCollector {
  readonly #signal: AbortSignal | undefined
  readonly #onSuppressed: OnSuppressed | undefined
  readonly #context: Context | undefined
  /** Errors of sources that are to be thrown together at the end. */
  #delayed: Keyed[] = []
  /** Errors that arrived and that nobody will be given. */
  #undelivered: Keyed[] = []
  /** Errors that came while everything was being closed. */
  #whileClosing: Keyed[] = []
  #isSettled = false
  #primary: { error: unknown } | undefined
  #onError: ((error: unknown) => void) | undefined
  #isReasonThrown = false

  constructor(signal?: AbortSignal, onSuppressed?: OnSuppressed) {
    this.#signal = signal
    this.#onSuppressed = onSuppressed
    this.#context = onSuppressed === undefined ? undefined : captureContext()
  }

  get hasDelayed(): boolean {
    return this.#delayed.length > 0
  }

  /**
   * Whoever reads was told to stop: `onError` hears of what nothing is thrown for, and where what is thrown is but the reason, of
   * everything.
   */
  tellTo(onError: (error: unknown) => void, isReasonThrown: boolean): void {
    this.#onError = onError
    this.#isReasonThrown = isReasonThrown
  }

  delay(error: unknown, key: unknown): void {
    this.#delayed.push({ error, key })
  }

  undelivered(error: unknown, key: unknown): void {
    this.#undelivered.push({ error, key })
  }

  whileClosing(error: unknown, key: unknown): void {
    // The echo of the caller's abort, or of a stop, is no error.
    if (isStopReason(error) || (this.#signal?.aborted === true && isOwnAbort(error, this.#signal.reason))) return
    if (this.#isSettled) this.#report({ error, key })
    else this.#whileClosing.push({ error, key })
  }

  /** Everything that was delayed, as the one error that is thrown; none of it is suppressed. */
  aggregate(): AggregateError {
    const errors = this.#delayed.map(({ error }) => error)
    this.#delayed = []
    const count = errors.length
    return new AggregateError(errors, `${String(count)} ${count === 1 ? 'source' : 'sources'} failed`)
  }

  /** `primary` is about to be thrown, or nothing is: the rest is kept on it. */
  settle(primary: { error: unknown } | undefined): void {
    this.#isSettled = true
    this.#primary = primary
    for (const keyed of [...this.#delayed, ...this.#undelivered, ...this.#whileClosing]) this.#report(keyed)
    this.#delayed = this.#undelivered = this.#whileClosing = []
  }

  /** The consumer has left: gives what leaving throws, which is its own error or else the first error of the closing. */
  settleLeaving(own: { error: unknown } | undefined): { error: unknown } | undefined {
    if (own !== undefined) {
      this.settle(own)
      return own
    }
    const unthrown = [...this.#delayed, ...this.#undelivered]
    const primary = this.#whileClosing.shift()
    this.#delayed = this.#undelivered = []
    for (const keyed of unthrown) this.#report(keyed)
    this.settle(primary)
    return primary
  }

  #report({ error, key }: Keyed): void {
    if (this.#primary !== undefined && !this.#isReasonThrown) suppress(this.#primary.error, error)
    else this.#onError?.(error)
    if (this.#onSuppressed === undefined) return
    // It is no code of whichever source brought this about.
    const before = enter(undefined)
    try {
      this.#context?.runInAsyncScope(this.#onSuppressed, undefined, error, key)
    } catch (thrown) {
      // The listener's own mistake must neither stop the closing nor vanish: it is an uncaught error, as any listener's.
      queueMicrotask(() => {
        throw thrown
      })
    } finally {
      enter(before)
    }
  }
}
