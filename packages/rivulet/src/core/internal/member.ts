import { checked } from './async-from-sync.ts'
import type { Closing } from './closing.ts'
import { captureContext, promiseIn, type Context } from './context.ts'
import type { Linked } from './fifo.ts'
import { MemberClosing } from './member-closing.ts'
import type { Place } from './merge-state.ts'
import { isFunctionSource, openSource } from './open-source.ts'
import { isOwnAbort } from './own-abort.ts'

/** Who hears what a source did. */
export interface Host {
  /** `fresh` is the result of a generator, which the language made for this item alone; then `member.promise` is one of it. */
  arrived(member: Member, item: unknown, fresh?: IteratorYieldResult<unknown>): void
  ended(member: Member): void
  failed(member: Member, error: unknown): void
}

/**
 * One source of a stream. It is opened at its first `ask()`, asked for one item at a time, and closed once, all in its own
 * async context. What it does while it is being closed is its `closing`'s to hear, before that its host's.
 */
export class Member implements Place<Member> {
  readonly key: unknown
  readonly place: Member = this
  after: Linked | undefined
  isDropped = false
  value: unknown
  promise: unknown
  unread = 0
  closing: Closing | undefined
  /** Whether it has not ended and nothing is outstanding, so that it may be asked. */
  isIdle = true
  #phase: 'unopened' | 'opening' | 'open' | 'closing' | 'ended' = 'unopened'
  readonly #host: Host
  readonly #source: unknown
  #context: Context
  #iterator: AsyncIterator<unknown> | undefined
  #nextMethod: (() => unknown) | undefined
  #isGenerator = false
  #controller: AbortController | undefined
  #ownClosing: MemberClosing | undefined

  constructor(key: unknown, source: unknown, context: Context, host: Host) {
    this.key = key
    this.#source = source
    this.#context = context
    this.#host = host
  }

  get isEnded(): boolean {
    return this.#phase === 'ended'
  }

  /** Whether it can be told to stop. */
  get canBeTold(): boolean {
    return this.#controller !== undefined
  }

  /** Asks it for an item, but where it was closed meanwhile. */
  ask(): void {
    if (this.#phase !== 'open' && !this.#isOpened()) return
    this.isIdle = false
    try {
      const given = this.#context.runInAsyncScope(this.#nextMethod as () => unknown, this.#iterator)
      if (this.#isGenerator) {
        this.promise = given
        ;(given as Promise<unknown>).then(this.#onResult, this.#onError)
      } else promiseIn(this.#context, given).then(this.#onResult, this.#onError)
    } catch (error) {
      this.#onError(error)
    }
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
    const { closing } = this
    const phase = this.#phase
    if (closing === undefined || phase === 'opening') return
    if (phase === 'open') {
      this.#phase = 'closing'
      this.#ownClosing = new MemberClosing(this, closing, this.#iterator as AsyncIterator<unknown>, this.#context)
      this.#ownClosing.start(!this.isIdle)
    } else {
      this.#end()
      closing.closed(this)
    }
  }

  failWhileClosing(error: unknown): void {
    const signal = this.#controller?.signal
    if (signal?.aborted === true && isOwnAbort(error, signal.reason)) return
    this.closing?.failed(this, error)
  }

  /** Opens it where it is not, and says whether it is to be asked now. */
  #isOpened(): boolean {
    if (this.#phase !== 'unopened') return false
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

  #open(): void {
    this.#phase = 'opening'
    this.isIdle = false
    // One of its own: Node before 24 writes what a source does by `enterWith` into that in which it runs.
    this.#context = captureContext()
    let iterable = this.#source
    if (isFunctionSource(iterable)) {
      this.#controller = new AbortController()
      iterable = iterable(this.#controller.signal)
    }
    const { iterator, nextMethod, isGenerator } = openSource(iterable)
    this.#iterator = iterator
    this.#nextMethod = nextMethod
    this.#isGenerator = isGenerator
    this.#phase = 'open'
    this.isIdle = true
  }

  #end(): void {
    this.#phase = 'ended'
    this.isIdle = false
    this.promise = undefined
  }

  readonly #onResult = (given: unknown): void => {
    const result = given as IteratorResult<unknown>
    // A native promise answers once, and what the language made is as it should be.
    if (this.#isGenerator && this.closing === undefined && result.done !== true) {
      this.isIdle = true
      this.#host.arrived(this, result.value, result)
    } else this.#answered(result)
  }

  #answered(result: IteratorResult<unknown>): void {
    if (!this.#isAsked()) return
    let isDone: boolean
    let item: unknown
    try {
      // Read once, as `for await` does: an iterator written by hand may use the object again.
      isDone = Boolean(checked(result).done)
      if (!isDone) item = result.value
    } catch (error) {
      this.#onError(error)
      return
    }
    if (isDone) this.#end()
    else this.isIdle = true
    if (this.closing !== undefined) this.#ownClosing?.answered()
    else if (isDone) this.#host.ended(this)
    else this.#host.arrived(this, item)
  }

  readonly #onError = (error: unknown): void => {
    if (!this.#isAsked()) return
    this.#end()
    if (this.closing === undefined) {
      this.#host.failed(this, error)
      return
    }
    this.failWhileClosing(error)
    this.#ownClosing?.answered()
  }

  /** Whether an answer is outstanding: a `then` that is not the language's own may answer twice. */
  #isAsked(): boolean {
    return !this.isIdle && this.#phase !== 'ended'
  }
}
