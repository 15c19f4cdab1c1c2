import { CleanupTimeoutError } from '../errors.ts'

/** Milliseconds that a source has for closing, where nothing else is said. */
export const defaultCleanupTimeoutMs = 5000

/** What can be closed, and tells its closing when it is. */
interface Closable {
  readonly key: unknown
  beginClosing(closing: Closing): void
  tell(abort: { reason: unknown } | undefined): void
  close(): void
}

/** Hears every error of a closing, with the key of its source. */
interface ClosingErrors {
  whileClosing(error: unknown, key: unknown): void
}

/** The closing of some sources at once: one deadline for all of them, done when each is closed or abandoned at the deadline. */
export class Closing {
  readonly #open = new Set<Closable>()
  readonly #timeoutMs: number
  readonly #errors: ClosingErrors
  readonly #onClosed: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #hasBegun = false

  constructor(timeoutMs: number, errors: ClosingErrors, onClosed: () => void) {
    this.#timeoutMs = timeoutMs
    this.#errors = errors
    this.#onClosed = onClosed
  }

  /** Tells all that can be told to stop, then closes every one. */
  start(sources: readonly Closable[], abort: { reason: unknown } | undefined): void {
    for (const source of sources) {
      this.#open.add(source)
      source.beginClosing(this)
    }
    for (const source of sources) source.tell(abort)
    for (const source of sources) source.close()
    this.#hasBegun = true
    if (this.#open.size === 0) this.#onClosed()
    else this.#timer = setTimeout(() => this.#expire(), this.#timeoutMs)
  }

  closed(source: Closable): void {
    if (!this.#open.delete(source) || this.#open.size > 0 || !this.#hasBegun) return
    clearTimeout(this.#timer)
    this.#onClosed()
  }

  failed(source: Closable, error: unknown): void {
    this.#errors.whileClosing(error, source.key)
  }

  #expire(): void {
    const late = [...this.#open]
    this.#open.clear()
    for (const { key } of late) this.#errors.whileClosing(new CleanupTimeoutError('source', key, this.#timeoutMs), key)
    this.#onClosed()
  }
}
