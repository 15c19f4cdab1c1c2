import { checked } from './async-from-sync.ts'
import type { Closing } from './closing.ts'
import type { Context } from './context.ts'
import type { Link } from './linked-list.ts'
import { macrotask } from './macrotask.ts'
import { openIterable } from './open-source.ts'
import { isOwnAbort } from './own-abort.ts'

/** Who hears what a source did. */
export interface Host {
  arrived(member: Member, item: unknown): void
  ended(member: Member): void
  failed(member: Member, error: unknown): void
}

/**
 * One source of a stream. It is opened at its first `ask()`, asked for one item at a time, and closed once, all in its own
 * async context. What it does while it is being closed is its `closing`'s to hear, before that its host's.
 */
export class Member {
  readonly key: unknown
  /** Items that arrived and were not taken; kept by the stream's state. */
  unread = 0
  owing: Link<unknown> | undefined
  /** Set when its unread items are not to be delivered any more. */
  dropped = false
  closing: Closing | undefined
  readonly #source: unknown
  readonly #context: Context
  readonly #host: Host
  #phase: 'unopened' | 'opening' | 'idle' | 'asked' | 'ended' = 'unopened'
  #iterator: AsyncIterator<unknown> | undefined
  #next: unknown
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

  /** Whether nothing is outstanding, so that it may be asked. */
  get isIdle(): boolean {
    return this.#phase === 'idle' || this.#phase === 'unopened'
  }

  ask(): void {
    let result: Promise<unknown> | undefined
    try {
      if (this.#phase === 'unopened') this.#context(this.#open)
      // Its own opening may have stopped the stream.
      if (this.closing !== undefined) {
        this.close()
        return
      }
      this.#phase = 'asked'
      result = this.#context(this.#callNext)
    } catch (error) {
      const failedToOpen = this.#phase === 'opening'
      this.#onError(error)
      if (failedToOpen) this.closing?.closed(this)
      return
    }
    result.then(this.#onResult, this.#onError)
  }

  /** Aborts the signal of a function source. */
  tellToStop(abort: { reason: unknown } | undefined): void {
    const controller = this.#controller
    if (controller === undefined) return
    this.#context(() => (abort === undefined ? controller.abort() : controller.abort(abort.reason)))
  }

  /** Closes what is open and tells `closing` when that is done, or when there is nothing to wait for. */
  close(): void {
    switch (this.#phase) {
      case 'opening':
        return
      case 'unopened':
        this.#phase = 'ended'
        break
      case 'idle':
        if (this.#callReturn()) return
        break
      case 'asked': {
        const returns = this.#callReturn()
        if (this.#controller === undefined) {
          // It cannot be told to stop. Where return() does not end its pending next() by itself, waiting might never end.
          macrotask(() => {
            if (this.#phase === 'asked' || !returns) this.closing?.closed(this)
          })
          return
        }
        if (returns) return
        this.#closedByNext = true
        return
      }
      case 'ended':
    }
    this.closing?.closed(this)
  }

  readonly #open = (): void => {
    this.#phase = 'opening'
    let iterable = this.#source
    if (typeof iterable === 'function' && !(Symbol.asyncIterator in iterable)) {
      this.#controller = new AbortController()
      iterable = (iterable as (signal: AbortSignal) => unknown)(this.#controller.signal)
    }
    this.#iterator = openIterable(iterable)
    this.#next = (this.#iterator as { next: unknown }).next
    this.#phase = 'idle'
  }

  readonly #callNext = (): Promise<unknown> =>
    Promise.resolve(Reflect.apply(this.#next as () => unknown, this.#iterator, []))

  /** Whether there was a `return()` whose end is to be awaited. */
  #callReturn(): boolean {
    const iterator = this.#iterator as { return?: unknown }
    try {
      const close = iterator.return
      // The protocol lets `return` be null as well as missing.
      if (close === undefined || close === null) return false
      const closed = this.#context(() => Promise.resolve(Reflect.apply(close as () => unknown, iterator, [])))
      closed.then(this.#onReturned, this.#onReturnFailed)
      return true
    } catch (error) {
      this.#failWhileClosing(error)
      return false
    }
  }

  readonly #onReturned = (result: unknown): void => {
    try {
      checked(result)
    } catch (error) {
      this.#failWhileClosing(error)
    }
    this.closing?.closed(this)
  }

  readonly #onReturnFailed = (error: unknown): void => {
    this.#failWhileClosing(error)
    this.closing?.closed(this)
  }

  #failWhileClosing(error: unknown): void {
    if (!this.#isOwnAbort(error)) this.closing?.failed(this, error)
  }

  readonly #onResult = (result: unknown): void => {
    let done: boolean
    let item: unknown
    try {
      const read = checked(result as IteratorResult<unknown>)
      done = Boolean(read.done)
      item = done ? undefined : read.value
    } catch (error) {
      this.#onError(error)
      return
    }
    this.#phase = done ? 'ended' : 'idle'
    if (this.closing !== undefined) this.#settledWhileClosing()
    else if (done) this.#host.ended(this)
    else this.#host.arrived(this, item)
  }

  readonly #onError = (error: unknown): void => {
    this.#phase = 'ended'
    if (this.closing === undefined) {
      this.#host.failed(this, error)
      return
    }
    this.#failWhileClosing(error)
    this.#settledWhileClosing()
  }

  #settledWhileClosing(): void {
    if (this.#closedByNext) this.closing?.closed(this)
  }

  #isOwnAbort(error: unknown): boolean {
    const signal = this.#controller?.signal
    return signal?.aborted === true && isOwnAbort(error, signal.reason)
  }
}
