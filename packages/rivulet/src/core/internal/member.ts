import { checked } from './async-from-sync.ts'
import { generatorPrototype } from './async-iterator-prototype.ts'
import type { Closing } from './closing.ts'
import { captureContext, type Context } from './context.ts'
import { macrotask } from './macrotask.ts'
import type { Place } from './merge-state.ts'
import { openIterable } from './open-source.ts'
import { isOwnAbort } from './own-abort.ts'
import type { Linked } from './place-list.ts'

/**
 * `next` of every async generator: what it gives is a native promise of a result that the language made fresh. Where
 * somebody has patched it, or generators are no generators, nothing is known of what it gives.
 */
const generatorNext = isNative(generatorPrototype.next) ? generatorPrototype.next : Symbol('none')

/** Who hears what a source did. */
export interface Host {
  /** The result is the host's to keep and change. Where `member.promise` is there, it is a promise of it. */
  arrived(member: Member, result: IteratorYieldResult<unknown>): void
  ended(member: Member): void
  failed(member: Member, error: unknown): void
}

/**
 * One source of a stream. It is opened at its first `ask()`, asked for one item at a time, and closed once, all in its own
 * async context. What it does while it is being closed is its `closing`'s to hear, before that its host's.
 */
export class Member implements Place {
  readonly key: unknown
  previous: Linked | undefined
  next: Linked | undefined
  unread = 0
  turn = 0
  answer: unknown
  promise: unknown
  closing: Closing | undefined
  /** Whether it has not ended and nothing is outstanding, so that it may be asked. */
  isIdle = true
  readonly #source: unknown
  #context: Context
  readonly #host: Host
  #phase: 'unopened' | 'opening' | 'open' | 'ended' = 'unopened'
  #iterator: AsyncIterator<unknown> | undefined
  #nextMethod: (() => unknown) | undefined
  #isGenerator = false
  #controller: AbortController | undefined
  #closedByNext = false

  constructor(key: unknown, source: unknown, context: Context, host: Host) {
    this.key = key
    this.#source = source
    this.#context = context
    this.#host = host
  }

  get isEnded(): boolean {
    return this.#phase === 'ended'
  }

  ask(): void {
    if (this.#phase === 'unopened' && !this.#isOpened()) return
    this.isIdle = false
    try {
      const promise = this.#promiseOf(this.#context.runInAsyncScope(this.#nextMethod as () => unknown, this.#iterator))
      if (this.#isGenerator) this.promise = promise
      promise.then(this.#onResult, this.#onError)
    } catch (error) {
      this.#onError(error)
    }
  }

  /** As `for await`, takes anything for a promise; whatever a `then` of its own does, it does in the context of its source. */
  #promiseOf(given: unknown): Promise<unknown> {
    if (given instanceof Promise && given.constructor === Promise) return given
    return this.#context.runInAsyncScope(() => Promise.resolve(given), undefined)
  }

  /** Opens it, and says whether it is to be asked now. */
  #isOpened(): boolean {
    try {
      this.#context.runInAsyncScope(() => this.#open(), undefined)
    } catch (error) {
      this.#onError(error)
      this.closing?.closed(this)
      return false
    }
    // Its own opening may have stopped the stream.
    if (this.closing === undefined) return true
    this.close()
    return false
  }

  /** Aborts the signal of a function source. */
  tellToStop(abort: { reason: unknown } | undefined): void {
    const controller = this.#controller
    if (controller === undefined) return
    const stop = (): void => (abort === undefined ? controller.abort() : controller.abort(abort.reason))
    this.#context.runInAsyncScope(stop, undefined)
  }

  /** Closes what is open and tells `closing` when that is done, or when there is nothing to wait for. */
  close(): void {
    switch (this.#phase) {
      case 'opening':
        return
      case 'unopened':
        this.#end()
        break
      case 'open': {
        const isAsked = !this.isIdle
        const returns = this.#callReturn()
        if (isAsked) this.#closeAsked(returns)
        if (isAsked || returns) return
        break
      }
      case 'ended':
    }
    this.closing?.closed(this)
  }

  /** Its `next()` is outstanding. */
  #closeAsked(returns: boolean): void {
    if (this.#controller === undefined) {
      // It cannot be told to stop. Where return() does not end its pending next() by itself, waiting might never end.
      macrotask(() => {
        const isStuck = this.#phase === 'open' && !this.isIdle
        if (isStuck || !returns) this.closing?.closed(this)
      })
    } else if (!returns) this.#closedByNext = true
  }

  #end(): void {
    this.#phase = 'ended'
    this.isIdle = false
    this.promise = undefined
  }

  #open(): void {
    this.#phase = 'opening'
    this.isIdle = false
    // One of its own: Node before 24 writes what a source does by `enterWith` into that in which it runs.
    this.#context = captureContext()
    let iterable = this.#source
    if (typeof iterable === 'function' && !(Symbol.asyncIterator in iterable || Symbol.iterator in iterable)) {
      this.#controller = new AbortController()
      iterable = (iterable as (signal: AbortSignal) => unknown)(this.#controller.signal)
    }
    this.#iterator = openIterable(iterable)
    this.#nextMethod = (this.#iterator as { next: () => unknown }).next
    this.#isGenerator = this.#nextMethod === generatorNext
    this.#phase = 'open'
    this.isIdle = true
  }

  /** Whether there was a `return()` whose end is to be awaited. */
  #callReturn(): boolean {
    const iterator = this.#iterator as { return?: unknown }
    try {
      const close = iterator.return
      // The protocol lets `return` be null as well as missing.
      if (close === undefined || close === null) return false
      const given = this.#context.runInAsyncScope(close as () => unknown, iterator)
      this.#promiseOf(given).then(
        (result) => this.#returned(result),
        (error: unknown) => this.#returnFailed(error),
      )
      return true
    } catch (error) {
      this.#failWhileClosing(error)
      return false
    }
  }

  #returned(result: unknown): void {
    try {
      checked(result)
    } catch (error) {
      this.#failWhileClosing(error)
    }
    this.closing?.closed(this)
  }

  #returnFailed(error: unknown): void {
    this.#failWhileClosing(error)
    this.closing?.closed(this)
  }

  #failWhileClosing(error: unknown): void {
    if (!this.#isOwnAbort(error)) this.closing?.failed(this, error)
  }

  readonly #onResult = (result: unknown): void => {
    if (!this.#isAsked) return
    let fresh = result as IteratorResult<unknown>
    if (!this.#isGenerator) {
      try {
        fresh = copied(fresh)
      } catch (error) {
        this.#onError(error)
        return
      }
    }
    if (fresh.done === true) this.#end()
    else this.isIdle = true
    if (this.closing !== undefined) this.#settledWhileClosing()
    else if (fresh.done === true) this.#host.ended(this)
    else this.#host.arrived(this, fresh)
  }

  readonly #onError = (error: unknown): void => {
    if (!this.#isAsked) return
    this.#end()
    if (this.closing === undefined) {
      this.#host.failed(this, error)
      return
    }
    this.#failWhileClosing(error)
    this.#settledWhileClosing()
  }

  /** Whether an answer is outstanding: a `then` that is not the language's own may answer twice. */
  get #isAsked(): boolean {
    return !this.isIdle && this.#phase !== 'ended'
  }

  #settledWhileClosing(): void {
    if (this.#closedByNext) this.closing?.closed(this)
  }

  #isOwnAbort(error: unknown): boolean {
    const signal = this.#controller?.signal
    return signal?.aborted === true && isOwnAbort(error, signal.reason)
  }
}

/** Reads a result once, as `for await` does: an iterator written by hand may use the object again. */
function copied(result: IteratorResult<unknown>): IteratorResult<unknown> {
  const { done } = checked(result)
  return done ? { done: true, value: undefined } : { done: false, value: result.value as unknown }
}

function isNative(method: unknown): boolean {
  return typeof method === 'function' && /\[native code\]\s*\}$/.test(Function.prototype.toString.call(method))
}
