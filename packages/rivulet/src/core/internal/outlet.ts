import type { ClosableIterator } from '../closable-iterator.ts'
import type { Feed } from './feed.ts'
import { asyncIteratorPrototype } from './async-iterator-prototype.ts'
import { Ending } from './ending.ts'
import { Leavers } from './leavers.ts'
import { Problems } from './problems.ts'
import { Turns } from './turns.ts'
import { end, Waiters } from './waiters.ts'

/**
 * The consumer's end of every stream here: answers `next()` in call order from a feed, and sees to it that the stream
 * ends once, in the one way that came first, with everything closed and no error lost.
 *
 * created -> reading -> closing (all is told to stop; what had arrived before an error is still handed out) -> over
 */
export class Outlet<T> implements ClosableIterator<T> {
  readonly #feed: Feed<T>
  readonly #signal: AbortSignal | undefined
  readonly #ending: Ending
  readonly #waiters = new Waiters<T>()
  readonly #leavers = new Leavers()
  #phase: 'created' | 'reading' | 'closing' | 'over' = 'created'
  #isClosed = false
  readonly #turns: Turns

  constructor(
    makeFeed: (outlet: Outlet<T>, ending: Ending) => Feed<T>,
    signal?: AbortSignal,
    problems: Problems = new Problems(),
  ) {
    this.#signal = signal
    this.#ending = new Ending(problems, signal)
    this.#feed = makeFeed(this, this.#ending)
    this.#turns = new Turns(this.#feed.givesTurns === true)
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#phase !== 'reading') {
      const answer = this.#answerUnlessReading()
      if (answer !== undefined) return answer
    }
    const feed = this.#feed
    if (feed.ready && this.#waiters.isEmpty && !this.#turns.isDue) {
      this.#turns.count()
      // Of a literal that is made right here it is known that it has no `then`; in any other it would be looked for.
      return feed.give === undefined ? Promise.resolve({ done: false, value: feed.take() }) : feed.give()
    }
    const promise = this.#waiters.wait()
    if (this.#phase === 'reading') feed.demand()
    this.pump()
    return promise
  }

  return(): Promise<IteratorResult<T, undefined>> {
    if (this.#phase === 'created') this.#abandon()
    return this.#phase === 'over' ? finished() : this.#leave()
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    if (this.#phase === 'created') this.#abandon()
    return this.#phase === 'over' ? rejected(error) : this.#leave({ error })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  get isReading(): boolean {
    return this.#phase === 'reading'
  }

  /** Whether somebody waits. */
  get isAwaited(): boolean {
    return !this.#waiters.isEmpty
  }

  get isOver(): boolean {
    return this.#phase === 'over' || this.#phase === 'closing'
  }

  /**
   * Answers who waits the longest with an item that has just arrived, unless the event loop is to have its turn before, and
   * says whether it did. The caller has seen that somebody waits.
   */
  hand(answer: IteratorYieldResult<T>): boolean {
    if (this.#turns.isDue) return false
    this.#turns.count()
    this.#waiters.resolve(answer)
    return true
  }

  /** There are new sources: asks them if somebody waits. */
  refresh(): void {
    if (this.#phase === 'reading' && this.isAwaited) this.#feed.demand()
    this.pump()
  }

  /** Hands out what there is to those who wait, and ends the reading where nothing more can come. */
  pump(): void {
    const waiters = this.#waiters
    const feed = this.#feed
    for (;;) {
      if (feed.ready) {
        if (waiters.isEmpty) return
        if (this.#turns.isDue) {
          this.#turns.take(this.#resume)
          return
        }
        this.#turns.count()
        waiters.resolve({ done: false, value: feed.take() })
        if (this.#phase === 'reading' && (this.isAwaited || feed.readsAhead === true)) feed.demand()
      } else if (this.#phase === 'reading') {
        if (feed.exhausted) this.#finish()
        return
      } else {
        if (this.#phase === 'closing' && this.#isClosed) this.#conclude()
        return
      }
    }
  }

  /** A source failed: all is stopped now, and the error thrown after what had arrived. Later ones are kept beside it. */
  fail(error: unknown, key?: unknown): void {
    if (this.#phase !== 'reading') {
      this.#ending.hear(error, key)
      return
    }
    this.#ending.fail(error, key)
    this.#close()
  }

  /** Begins the reading, or gives the answer of one that is over. */
  #answerUnlessReading(): Promise<IteratorResult<T, undefined>> | undefined {
    if (this.#phase === 'over' || this.#ending.isLeft) return finished()
    if (this.#phase !== 'created') return undefined
    if (this.#signal?.aborted === true) {
      this.#abandon()
      return rejected(this.#signal.reason)
    }
    this.#start()
    return undefined
  }

  #abandon(): void {
    this.#phase = 'over'
    this.#feed.abandon?.()
  }

  #start(): void {
    this.#phase = 'reading'
    this.#signal?.addEventListener('abort', this.#onAbort)
    this.#feed.start?.()
  }

  readonly #resume = (): void => this.pump()

  readonly #onAbort = (): void => {
    const reason: unknown = this.#signal?.reason
    this.#feed.clear()
    if (this.#phase !== 'reading') {
      this.pump()
      return
    }
    // Errors collected from sources that have all ended had arrived before the abort, and are what is thrown.
    if (this.#feed.exhausted && this.#ending.hasCollected) {
      this.#finish()
      return
    }
    this.#ending.abort(reason)
    this.#unlisten()
    this.#close({ reason })
  }

  /** The consumer leaves: whoever waits is answered now, the leaving itself when all is closed. */
  #leave(thrown?: { error: unknown }): Promise<IteratorResult<T, undefined>> {
    const promise = this.#leavers.wait(thrown)
    this.#waiters.end()
    this.#feed.clear()
    this.#unlisten()
    this.#ending.leave()
    if (this.#phase === 'reading') this.#close()
    this.pump()
    return promise
  }

  #close(abort?: { reason: unknown }): void {
    this.#phase = 'closing'
    this.#feed.stop(abort, () => {
      this.#isClosed = true
      this.pump()
    })
  }

  /** Every source has ended: nothing is open any more. */
  #finish(): void {
    if (this.#ending.hasCollected) {
      this.#phase = 'closing'
      this.#isClosed = true
      this.#conclude()
    } else {
      this.#finishPhase()
      this.#waiters.end()
    }
  }

  /** All is closed: answers the leavers, or throws to the first who asks. */
  #conclude(): void {
    if (this.#ending.isLeft) {
      if (this.#leavers.size === 0) return
      this.#finishPhase()
      this.#leavers.settle((thrown) => this.#ending.settleLeaving(thrown))
    } else if (this.isAwaited) {
      this.#finishPhase()
      this.#waiters.reject(this.#ending.settle())
    }
  }

  #finishPhase(): void {
    this.#abandon()
    this.#unlisten()
  }

  #unlisten(): void {
    this.#signal?.removeEventListener('abort', this.#onAbort)
  }
}

Object.setPrototypeOf(Outlet.prototype, asyncIteratorPrototype)

function finished(): Promise<IteratorResult<never, undefined>> {
  return Promise.resolve(end())
}

function rejected(error: unknown): Promise<never> {
  return new Promise((_, reject) => {
    // The reason is passed on as it is, whatever it is.
    reject(error)
  })
}
