import { captureContext, type Context } from '../source/context.ts'
import { isOwnAbort, isStopReason } from '../source/own-abort.ts'
import { enter } from '../source/scope.ts'
import { suppress } from '../suppressed-errors.ts'

interface Kept {
  /** Thrown together with others at the end; arrived, and not given to anybody; come while everything was being closed. */
  readonly kind: 'delayed' | 'undelivered' | 'closing'
  readonly error: unknown
  readonly key: unknown
}

/** An error that is thrown; the error itself may be `undefined`. */
export interface Thrown {
  readonly error: unknown
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
  #kept: Kept[] | undefined = []
  #thrown: Thrown | undefined
  #onError: ((error: unknown) => void) | undefined
  #isReasonThrown = false

  constructor(signal?: AbortSignal, onSuppressed?: OnSuppressed) {
    this.#signal = signal
    this.#onSuppressed = onSuppressed
    this.#context = onSuppressed && captureContext()
  }

  get hasDelayed(): boolean {
    return this.#kept?.some(isDelayed) === true
  }

  /**
   * Whoever reads was told to stop: `onError` hears of what nothing is thrown for, and where what is thrown is but the reason, of
   * everything.
   */
  tellTo(onError: (error: unknown) => void, isReasonThrown: boolean): void {
    this.#onError = onError
    this.#isReasonThrown = isReasonThrown
  }

  add(kind: Kept['kind'], error: unknown, key: unknown): void {
    const kept = { kind, error, key }
    // The echo of the caller's abort, or of a stop, is no error.
    const isEcho = isStopReason(error) || (this.#signal?.aborted === true && isOwnAbort(error, this.#signal.reason))
    if (this.#kept === undefined) {
      if (!isEcho) this.#report(kept)
    } else if (!isEcho || kind !== 'closing') this.#kept.push(kept)
  }

  /** Everything that was delayed, as the one error that is thrown; none of it is suppressed. */
  aggregate(): AggregateError {
    const errors = this.#kept?.filter(isDelayed).map(({ error }) => error) ?? []
    this.#kept = this.#kept?.filter((kept) => !isDelayed(kept))
    return new AggregateError(errors, `${String(errors.length)} ${errors.length === 1 ? 'source' : 'sources'} failed`)
  }

  /**
   * Gives what is thrown: `own`, or else the first error of the closing. The rest is kept on it, and told to `onSuppressed`; so
   * is that first error where nobody may see it thrown.
   */
  settle(own: Thrown | undefined, isSeen = true): Thrown | undefined {
    const kept = this.#kept ?? []
    this.#kept = undefined
    const first = own ?? kept.find(({ kind }) => kind === 'closing')
    this.#thrown = first
    for (const each of kept) if (each !== first || !isSeen) this.#report(each)
    return first
  }

  #report(kept: Kept): void {
    const { error, key } = kept
    if (this.#thrown !== undefined && !this.#isReasonThrown) suppress(this.#thrown.error, error)
    // What is thrown to who leaves comes to whoever told the stream by that way.
    else if (kept !== this.#thrown) this.#onError?.(error)
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

function isDelayed({ kind }: Kept): boolean {
  return kind === 'delayed'
}
