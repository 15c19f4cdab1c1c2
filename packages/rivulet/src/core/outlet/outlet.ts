import type { ClosableIterator } from '../closable-iterator.ts'
import { asyncIteratorPrototype } from '../source/async-iterator-prototype.ts'
import { onAbort } from '../source/on-abort.ts'
import { currentScope, runningScope, type Scope, type ScopeMember, type Telling } from '../source/scope.ts'
import { ErrorCollector, type OnSuppressed } from './error-collector.ts'
import type { Feed } from './feed.ts'
import { end, PendingCalls } from './pending-calls.ts'
import { Reading } from './reading.ts'

/**
 * The consumer's end of every stream here: answers `next()` in call order from a feed, and sees to it that the stream ends
 * once, for the first cause, with everything closed and no error lost. What happens in which phase is decided by `Reading`.
 */
export class Outlet<T> implements ClosableIterator<T>, ScopeMember {
  readonly #feed: Feed<T>
  readonly #signal: AbortSignal | undefined
  readonly #errors: ErrorCollector
  readonly #reading: Reading
  readonly #calls = new PendingCalls<T>()
  #scopes: Set<Scope> | undefined
  #isTold = false
  #isClosingFeed = false
  #unlisten: (() => void) | undefined

  constructor(
    makeFeed: (outlet: Outlet<T>, errors: ErrorCollector) => Feed<T>,
    signal?: AbortSignal,
    onSuppressed?: OnSuppressed,
  ) {
    this.#signal = signal
    this.#errors = new ErrorCollector(signal, onSuppressed)
    this.#reading = new Reading(this.#errors)
    this.#feed = makeFeed(this, this.#errors)
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#reading.phase !== 'reading') {
      const answer = this.#answerUnlessReading()
      if (answer !== undefined) return answer
    }
    const feed = this.#feed
    if (feed.isReady && !feed.isPaused && this.#calls.isEmpty) {
      // When it is waited for, nothing may tell any more in whose scope that is.
      runningScope()?.add(this)
      return feed.take()
    }
    const scope = currentScope()
    scope?.add(this)
    const promise = this.#calls.wait(scope !== undefined)
    if (this.#reading.phase === 'reading') feed.ask()
    this.pump()
    return promise
  }

  return(): Promise<IteratorResult<T, undefined>> {
    if (this.#reading.phase === 'created') this.#finish()
    return this.#reading.phase === 'over' ? Promise.resolve(end()) : this.#return()
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    if (this.#reading.phase === 'created') this.#finish()
    return this.#reading.phase === 'over' ? Promise.reject(error) : this.#return({ error })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** See `ScopeMember`. */
  get scopes(): Set<Scope> {
    return (this.#scopes ??= new Set())
  }

  get isReading(): boolean {
    return this.#reading.phase === 'reading'
  }

  /** Whether the reading has ended or is ending. */
  get isEnding(): boolean {
    return this.#reading.phase !== 'created' && !this.isReading
  }

  /** Whether a `next()` waits. */
  get isAwaited(): boolean {
    return !this.#calls.isEmpty
  }

  /** Answers the `next()` that waits the longest. The caller has seen that there is one. */
  deliver(answer: IteratorYieldResult<T>): void {
    this.#calls.answer(answer)
  }

  /** There is something new to ask: it is asked if somebody waits. */
  refresh(): void {
    if (this.isReading && this.isAwaited) this.#feed.ask()
    this.pump()
  }

  /** Delivers what there is to the calls that wait, and ends the reading where nothing more will come. */
  pump(): void {
    const feed = this.#feed
    while (feed.isReady) {
      if (this.#calls.isEmpty || feed.isPaused) return
      this.#calls.answer({ done: false, value: feed.shift() })
      if (this.isReading && (this.isAwaited || feed.readsAhead)) feed.ask()
    }
    if (this.isReading) {
      if (feed.isExhausted) this.#exhausted()
    } else if (this.#reading.phase === 'closed') this.#conclude()
  }

  /** A source failed: everything is closed now, and the error thrown after what had arrived. Later ones are kept beside it. */
  fail(error: unknown, key?: unknown): void {
    if (this.#reading.fail(error, key)) this.#close()
  }

  /** All that is wanted has ended: everything else is closed, and the reading ends after what had arrived. */
  enough(): void {
    if (this.#reading.enough()) this.#close()
  }

  /** Somebody who waits for it is told to stop: it ends as by an abort, but what goes wrong on the way is theirs to tell. */
  told(telling: Telling, onError: (error: unknown) => void): boolean | undefined {
    // Its own source waits for it: whoever closes it would wait for itself.
    if (this.#isClosingFeed) return undefined
    const isWaiting = this.isAwaited || this.#calls.hasReturns
    this.#errors.tellTo(onError, this.isReading)
    if (this.isReading) {
      this.#isTold = true
      this.#calls.markHandled()
    }
    this.#abort(telling)
    return isWaiting
  }

  /** Begins the reading, or gives the answer of one that is over. */
  #answerUnlessReading(): Promise<IteratorResult<T, undefined>> | undefined {
    const reading = this.#reading
    if (reading.phase === 'over' || reading.hasLeft) return Promise.resolve(end())
    if (reading.phase !== 'created') return undefined
    if (this.#signal?.aborted === true) {
      this.#finish()
      return Promise.reject(this.#signal.reason)
    }
    reading.phase = 'reading'
    if (this.#signal !== undefined) this.#unlisten = onAbort(this.#signal, this.#onAbort)
    return undefined
  }

  readonly #onAbort = (): void => {
    // Delayed errors of sources that have all ended arrived before the abort, and are what is thrown.
    if (this.isReading && this.#feed.isExhausted && this.#errors.hasDelayed) {
      this.#feed.discard()
      this.#exhausted()
    } else this.#abort({ reason: this.#signal?.reason, isAbort: true })
  }

  #abort(telling: Telling): void {
    this.#feed.discard()
    if (this.#reading.abort(telling.reason)) {
      this.#unlisten?.()
      this.#close(telling)
    } else this.pump()
  }

  /** The consumer leaves: whoever waits is answered now, the leaving itself when everything is closed. */
  #return(thrown?: { error: unknown }): Promise<IteratorResult<T, undefined>> {
    const promise = this.#calls.waitForClosing(thrown)
    this.#calls.end()
    this.#feed.discard()
    this.#unlisten?.()
    if (this.#reading.returned()) this.#close()
    this.pump()
    return promise
  }

  #close(telling?: Telling): void {
    this.#isClosingFeed = true
    this.#feed.close(telling, () => {
      this.#reading.phase = 'closed'
      this.pump()
    })
    this.#isClosingFeed = false
  }

  /** Every source has ended: nothing is open any more. */
  #exhausted(): void {
    if (this.#errors.hasDelayed) {
      this.#reading.phase = 'closed'
      this.#conclude()
    } else {
      this.#finish()
      this.#calls.end()
    }
  }

  /** Everything is closed: tells those who leave, or the first who asks. */
  #conclude(): void {
    if (this.#reading.hasLeft) {
      if (!this.#calls.hasReturns) return
      this.#finish()
      this.#calls.settleReturns((thrown) => this.#errors.settle(thrown, false))
    } else if (this.isAwaited) {
      this.#finish()
      const thrown = this.#reading.settle()
      if (thrown === undefined) this.#calls.end()
      else if (this.#isTold) this.#calls.failAll(thrown.error)
      else this.#calls.fail(thrown.error)
    }
  }

  #finish(): void {
    this.#reading.phase = 'over'
    this.#feed.dispose?.()
    this.#unlisten?.()
    if (this.#scopes !== undefined) for (const scope of this.#scopes) scope.remove(this)
  }
}

Object.setPrototypeOf(Outlet.prototype, asyncIteratorPrototype)
