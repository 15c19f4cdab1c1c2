import { checked } from './async-from-sync.ts'
import type { Closing } from './closing.ts'
import { promiseIn, type Context } from './context.ts'
import { macrotask } from './macrotask.ts'
import type { Member } from './member.ts'

/** The closing of one source that is open: calls its `return()`, and tells when that is done or not to be waited for. */
export class MemberClosing {
  readonly #member: Member
  readonly #closing: Closing
  readonly #iterator: { return?: unknown }
  readonly #context: Context
  /** Whether it is closed when its outstanding `next()` is answered. */
  #isClosedByAnswer = false
  #isAnswered = false

  constructor(member: Member, closing: Closing, iterator: { return?: unknown }, context: Context) {
    this.#member = member
    this.#closing = closing
    this.#iterator = iterator
    this.#context = context
  }

  /** `isAsked` says whether its `next()` is outstanding. */
  start(isAsked: boolean): void {
    const returns = this.#callReturn()
    if (isAsked) this.#awaitAnswer(returns)
    else if (!returns) this.#closing.closed(this.#member)
  }

  /** Its outstanding `next()` was answered. */
  answered(): void {
    this.#isAnswered = true
    if (this.#isClosedByAnswer) this.#closing.closed(this.#member)
  }

  #awaitAnswer(returns: boolean): void {
    if (this.#member.canBeTold) {
      this.#isClosedByAnswer = !returns
      return
    }
    // It cannot be told to stop. Where return() does not end its pending next() by itself, waiting might never end.
    macrotask(() => {
      if (!this.#isAnswered || !returns) this.#closing.closed(this.#member)
    })
  }

  /** Whether there was a `return()` whose end is to be awaited. */
  #callReturn(): boolean {
    const iterator = this.#iterator
    try {
      const close = iterator.return
      // The protocol lets `return` be null as well as missing.
      if (close === undefined || close === null) return false
      const given = this.#context.runInAsyncScope(close as () => unknown, iterator)
      promiseIn(this.#context, given).then(
        (result) => this.#returned(result),
        (error: unknown) => this.#returnFailed(error),
      )
      return true
    } catch (error) {
      this.#member.failWhileClosing(error)
      return false
    }
  }

  #returned(result: unknown): void {
    try {
      checked(result)
    } catch (error) {
      this.#member.failWhileClosing(error)
    }
    this.#closing.closed(this.#member)
  }

  #returnFailed(error: unknown): void {
    this.#member.failWhileClosing(error)
    this.#closing.closed(this.#member)
  }
}
