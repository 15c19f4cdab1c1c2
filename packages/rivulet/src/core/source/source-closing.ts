import { macrotask } from './macrotask.ts'
import { promiseIn, type Context } from './context.ts'
import { enter, type ScopeOwner } from './scope.ts'
import { requireResult } from './sync-iterator.ts'

/** The source that is closed. */
interface Closable {
  /** Whether it was told to stop and heard it, so that its end can be waited for. */
  readonly canBeAwaited: boolean
  /** Whether its outstanding `next()` waited for something that has ended now, so that it will be answered. */
  readonly isToBeAnswered: boolean
  readonly owner: ScopeOwner
  failed(error: unknown): void
  closed(): void
}

/** The closing of one source that is open: calls its `return()`, and tells when that is done or not to be waited for. */
export class SourceClosing {
  readonly #source: Closable
  readonly #iterator: { return?: unknown }
  readonly #context: Context
  /** How much is to come before it is closed: the end of its `return()`, and the answer to its `next()`. */
  #outstanding = 0
  #isAnswerAwaited = false
  #isAnswered = false

  constructor(iterator: { return?: unknown }, context: Context, source: Closable) {
    this.#source = source
    this.#iterator = iterator
    this.#context = context
  }

  /** `isAsked` says whether its `next()` is outstanding. */
  start(isAsked: boolean): void {
    const returns = this.#callReturn()
    const { canBeAwaited, isToBeAnswered } = this.#source
    this.#isAnswerAwaited = isAsked && canBeAwaited && (isToBeAnswered || !returns)
    this.#outstanding = Number(returns) + Number(this.#isAnswerAwaited)
    if (!isAsked || canBeAwaited) {
      if (this.#outstanding === 0) this.#source.closed()
      return
    }
    // It cannot be told to stop. Where return() does not settle its pending next() by itself, waiting might never end.
    macrotask(() => {
      if (!this.#isAnswered || !returns) this.#source.closed()
    })
  }

  /** Its outstanding `next()` was answered. */
  answered(): void {
    this.#isAnswered = true
    if (this.#isAnswerAwaited) this.#settled()
  }

  #settled(): void {
    this.#outstanding--
    if (this.#outstanding === 0) this.#source.closed()
  }

  /** Whether there was a `return()` whose end is to be awaited. */
  #callReturn(): boolean {
    const iterator = this.#iterator
    // Its own scope, which takes nobody any more: what cleans up is in no other either.
    const before = enter(this.#source.owner)
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
      this.#source.failed(error)
      return false
    } finally {
      enter(before)
    }
  }

  #returned(result: unknown): void {
    try {
      requireResult(result)
    } catch (error) {
      this.#source.failed(error)
    }
    this.#settled()
  }

  #returnFailed(error: unknown): void {
    this.#source.failed(error)
    this.#settled()
  }
}
