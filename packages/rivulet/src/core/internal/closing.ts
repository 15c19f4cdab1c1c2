import { CleanupTimeoutError } from '../errors.ts'
import type { Member } from './member.ts'

/** The closing of some sources at once: one deadline for all of them, every error heard, done when each is closed or let go. */
export class Closing {
  readonly #open = new Set<Member>()
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
  close(members: readonly Member[], abort: { reason: unknown } | undefined): void {
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

  closed(member: Member): void {
    if (!this.#open.delete(member) || this.#open.size > 0 || !this.#sealed) return
    clearTimeout(this.#timer)
    this.#onDone()
  }

  failed(member: Member, error: unknown): void {
    this.#onError(error, member.key)
  }

  #expire(): void {
    const late = [...this.#open]
    this.#open.clear()
    for (const { key } of late) this.#onError(new CleanupTimeoutError('source', key, this.#timeoutMs), key)
    this.#onDone()
  }
}
