import { macrotask } from './macrotask.ts'
import { promiseIn, type Context } from './context.ts'
import { requireResult } from './sync-iterator.ts'

/** The source that is closed. */
interface Closable {
  /** Whether it has a signal, so that its end can be waited for. */
  readonly canBeTold: boolean
  failed(error: unknown): void
  closed(): void
}

/** The closing of one source that is open: calls its `return()`, and tells when that is done or not to be waited for. */
export class SourceClosing {
  readonly #source: Closable
  readonly #iterator: { return?: unknown }
  readonly #context: Context
  /** Whether it is closed when its outstanding `next()` is answered. */
  #isClosedByAnswer = false
  #isAnswered = false

  constructor(iterator: { return?: unknown }, context: Context, source: Closable) {
    this.#source = source
    this.#iterator = iterator
    this.#context = context
  }

  /** `isAsked` says whether its `next()` is outstanding. */
  start(isAsked: boolean): void {
    const returns = this.#callReturn()
    if (isAsked) this.#awaitAnswer(returns)
    else if (!returns) this.#source.closed()
  }

  /** Its outstanding `next()` was answered. */
  answered(): void {
    this.#isAnswered = true
    if (this.#isClosedByAnswer) this.#source.closed()
  }

  #awaitAnswer(returns: boolean): void {
    if (this.#source.canBeTold) {
      this.#isClosedByAnswer = !returns
      return
    }
    // It cannot be told to stop. Where return() does not settle its pending next() by itself, waiting might never end.
    macrotask(() => {
      if (!this.#isAnswered || !returns) this.#source.closed()
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
      this.#source.failed(error)
      return false
    }
  }

  #returned(result: unknown): void {
    try {
      requireResult(result)
    } catch (error) {
      this.#source.failed(error)
    }
    this.#source.closed()
  }

  #returnFailed(error: unknown): void {
    this.#source.failed(error)
    this.#source.closed()
  }
}
