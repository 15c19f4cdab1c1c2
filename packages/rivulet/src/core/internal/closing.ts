import { CleanupTimeoutError } from '../errors.ts'

/** What can be closed, and tells its closing when it is. */
interface Closable {
  readonly key: unknown
  closing: Closing | undefined
  tellToStop(abort: { reason: unknown } | undefined): void
  close(): void
}

/** The closing of some sources at once: one deadline for all of them, every error heard, done when each is closed or let go. */
export class Closing {
  readonly #open = new Set<Closable>()
  readonly #timeoutMs: number
  readonly #onError: (error: unknown, key: unknown) => void
  readonly #onDone: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #sealed = false

  constructor(timeoutMs: number, onError: (error: unknown, key: unknown) => void, onDone: () => void) {
    this.#timeoutMs = timeoutMs
    this.#onError = onError
    this.#onDone = onDone
  }

  /** Aborts all that can be told to stop, then closes every one. */
  close(members: readonly Closable[], abort: { reason: unknown } | undefined): void {
    for (const member of members) {
      this.#open.add(member)
      member.closing = this
    }
    for (const member of members) member.tellToStop(abort)
    for (const member of members) member.close()
    this.#sealed = true
    if (this.#open.size === 0) this.#onDone()
    else this.#timer = setTimeout(() => this.#expire(), this.#timeoutMs)
  }

  closed(member: Closable): void {
    if (!this.#open.delete(member) || this.#open.size > 0 || !this.#sealed) return
    clearTimeout(this.#timer)
    this.#onDone()
  }

  failed(member: Closable, error: unknown): void {
    this.#onError(error, member.key)
  }

  #expire(): void {
    const late = [...this.#open]
    this.#open.clear()
    for (const { key } of late) this.#onError(new CleanupTimeoutError('source', key, this.#timeoutMs), key)
    this.#onDone()
  }
}
