import type { Closing } from './closing.ts'
import { captureContext, promiseIn, type Context } from './context.ts'
import { isFunctionSource, isPromise, openSource } from './open-source.ts'
import { carry, enter, Scope, type ScopeOwner, type Telling } from './scope.ts'
import { SourceClosing } from './source-closing.ts'
import { requireResult } from './sync-iterator.ts'

/** Hears what a source did until it is told to close. */
export interface SourceHost<Slot> {
  /**
   * An item came. Where the source is an async generator, `fresh` is the result that the language made for this item alone, and
   * `promise` a settled promise of it: both may be handed on as they are.
   */
  arrived(
    source: LiveSource<Slot>,
    item: unknown,
    fresh?: IteratorYieldResult<unknown>,
    promise?: Promise<IteratorYieldResult<unknown>>,
  ): void
  ended(source: LiveSource<Slot>): void
  failed(source: LiveSource<Slot>, error: unknown): void
}

/**
 * One source of a stream. It is opened at its first `ask()`, asked for one item at a time, and closed once, all in its own
 * async context. Until it is closed its host hears what it does, then its closing.
 *
 * unopened -> opening -> idle <-> asked -> ended; closed, idle -> closing, and asked -> closing when its answer comes.
 */
export class LiveSource<Slot = undefined> implements ScopeOwner {
  readonly key: unknown
  /** What its host's plan knows of it. */
  readonly slot: Slot
  readonly #host: SourceHost<Slot>
  readonly #source: unknown
  #phase: 'unopened' | 'opening' | 'idle' | 'asked' | 'closing' | 'ended' = 'unopened'
  #context: Context
  #iterator: AsyncIterator<unknown> | undefined
  #nextMethod: (() => unknown) | undefined
  #isGenerator = false
  /** Of a generator: what its outstanding `next()` gave. */
  #promise: Promise<IteratorYieldResult<unknown>> | undefined
  #scope: Scope | undefined
  #telling: Telling | undefined
  #closing: Closing | undefined
  #ownClosing: SourceClosing | undefined

  constructor(key: unknown, source: unknown, context: Context, host: SourceHost<Slot>, slot: Slot) {
    this.key = key
    this.#source = source
    this.#context = context
    this.#host = host
    this.slot = slot
  }

  /** What waits inside it, made when the first one is to be in it. */
  get scope(): Scope {
    if (this.#scope === undefined) {
      this.#scope = new Scope()
      if (this.#telling !== undefined) this.#scope.tell(this.#telling, false, ignore)
      else if (this.#phase === 'ended') this.#scope.close()
    }
    return this.#scope
  }

  /** Asks for an item, unless an answer is outstanding, or it has ended or been closed. */
  ask(): void {
    if (this.#phase !== 'idle' && !this.#isOpened()) return
    this.#phase = 'asked'
    const before = enter(this)
    try {
      const given = this.#context.runInAsyncScope(this.#nextMethod as () => unknown, this.#iterator)
      if (this.#isGenerator) {
        this.#promise = given as Promise<IteratorYieldResult<unknown>>
        this.#promise.then(this.#onResult, this.#onError)
      } else promiseIn(this.#context, given).then(this.#onResult, this.#onError)
      enter(before)
    } catch (error) {
      enter(before)
      this.#onError(error)
    }
  }

  /** From now on `closing` hears what it does, and its host no more. */
  beginClosing(closing: Closing): void {
    this.#closing = closing
  }

  /** Tells the code in its scope to stop. */
  tell(telling: Telling): void {
    this.#telling = telling
    const scope = this.#scope
    if (scope === undefined || this.#closing === undefined) return
    const onError = (error: unknown): void => this.#closing?.failed(this, error)
    // Its own code listens on the signal, not that of whoever closes it just now.
    const before = enter(this)
    this.#context.runInAsyncScope(() => scope.tell(telling, this.#phase !== 'idle', onError), undefined)
    enter(before)
  }

  /** Closes what is open, and tells the closing when that is done, or when there is nothing to wait for. */
  close(): void {
    const closing = this.#closing
    // One that is being opened is closed as soon as it is open.
    if (closing === undefined || this.#phase === 'opening') return
    if (this.#phase === 'unopened' || this.#phase === 'ended') {
      this.#end()
      closing.closed(this)
      return
    }
    const isAsked = this.#phase === 'asked'
    if (!isAsked) this.#phase = 'closing'
    this.#ownClosing = new SourceClosing(this.#iterator as AsyncIterator<unknown>, this.#context, {
      canBeAwaited: this.#scope?.canBeAwaited === true,
      isToBeAnswered: this.#scope?.hasEndedWaits === true,
      owner: this,
      failed: (error) => this.#failWhileClosing(closing, error),
      closed: () => closing.closed(this),
    })
    this.#ownClosing.start(isAsked)
  }

  /** Opens it where it is not open, and says whether it is to be asked now. */
  #isOpened(): boolean {
    if (this.#phase !== 'unopened') return false
    this.#phase = 'opening'
    return this.#open(this.#source)
  }

  /** Says whether it is to be asked now: not where opening it takes time, failed, or closed it. */
  #open(given: unknown): boolean {
    const before = enter(this)
    try {
      this.#context.runInAsyncScope(() => carry(this, () => this.#make(given)), undefined)
      enter(before)
    } catch (error) {
      enter(before)
      this.#openingFailed(error)
      return false
    }
    if (this.#iterator === undefined) return false
    this.#phase = 'idle'
    // What opened it may have closed the stream, or that was closed while it was being opened.
    if (this.#closing === undefined) return true
    this.close()
    return false
  }

  /** Makes an iterator of what was given, or waits for it where a function gives a promise of it. */
  #make(given: unknown): void {
    // One of its own: Node before 24 writes what a source does by `enterWith` into the context in which it runs.
    this.#context = captureContext()
    const made = isFunctionSource(given) ? given(this.scope.signal) : given
    if (made !== given && isPromise(made)) {
      promiseIn(this.#context, made).then(
        (opened) => {
          if (this.#open(opened)) this.ask()
        },
        (error: unknown) => this.#openingFailed(error),
      )
      return
    }
    const { iterator, nextMethod, isGenerator } = openSource(made)
    this.#iterator = iterator
    this.#nextMethod = nextMethod
    this.#isGenerator = isGenerator
  }

  #openingFailed(error: unknown): void {
    this.#onError(error)
    this.#closing?.closed(this)
  }

  #end(): void {
    this.#phase = 'ended'
    this.#promise = undefined
    this.#scope?.close()
  }

  readonly #onResult = (given: unknown): void => {
    const result = given as IteratorResult<unknown>
    // A native promise answers once, and what the language made is as it should be.
    if (this.#isGenerator && this.#closing === undefined && result.done !== true) {
      const promise = this.#promise
      this.#promise = undefined
      this.#phase = 'idle'
      this.#host.arrived(this, result.value, result, promise)
    } else this.#answered(result)
  }

  #answered(result: IteratorResult<unknown>): void {
    if (!this.#isAsked()) return
    let isDone: boolean
    let item: unknown
    try {
      // Read once, as `for await` does: an iterator written by hand may use the object again.
      if (Object(result) !== result) requireResult(result)
      isDone = Boolean(result.done)
      if (!isDone) item = result.value
    } catch (error) {
      this.#onError(error)
      return
    }
    if (isDone) this.#end()
    else this.#phase = this.#closing === undefined ? 'idle' : 'closing'
    if (this.#closing !== undefined) this.#ownClosing?.answered()
    else if (isDone) this.#host.ended(this)
    else this.#host.arrived(this, item)
  }

  readonly #onError = (error: unknown): void => {
    if (!this.#isAsked()) return
    this.#end()
    if (this.#closing === undefined) {
      this.#host.failed(this, error)
      return
    }
    this.#failWhileClosing(this.#closing, error)
    this.#ownClosing?.answered()
  }

  #failWhileClosing(closing: Closing, error: unknown): void {
    if (this.#scope?.isEcho(error) !== true) closing.failed(this, error)
  }

  /** Whether an answer is outstanding: a `then` that is not the language's own may answer twice. */
  #isAsked(): boolean {
    return this.#phase === 'asked' || this.#phase === 'opening'
  }
}

function ignore(): void {
  // Nobody is in a scope that is just being made, so nothing can go wrong in it.
}
