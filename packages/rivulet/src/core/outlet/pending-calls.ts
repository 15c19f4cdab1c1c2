import type { Thrown } from './error-collector.ts'

type Resolve<T> = (answer: IteratorResult<T, undefined>) => void
type Reject = (error: unknown) => void

interface PendingReturn {
  resolve: Resolve<never>
  reject: Reject
  /** What `throw()` was called with. */
  thrown: Thrown | undefined
}

/** A `next()` that waits behind another. */
interface Waiter<T> {
  resolve: Resolve<T>
  reject: Reject
  next?: Waiter<T>
}

/** The calls that wait for a stream, and the one place in which they are settled: `next()` in call order, then who leaves. */
export class PendingCalls<T> {
  /** The first `next()`, in fields of its own: there is seldom another. */
  #resolveFirst: Resolve<T> | undefined
  #rejectFirst: Reject | undefined
  /** The promise of the first, where it was asked for inside a scope. */
  #firstInScope: Promise<unknown> | undefined
  /** The others, each linked to the next. */
  #second: Waiter<T> | undefined
  #last: Waiter<T> | undefined
  #returns: PendingReturn[] = []

  /** Whether no `next()` waits. */
  get isEmpty(): boolean {
    return this.#resolveFirst === undefined
  }

  get hasReturns(): boolean {
    return this.#returns.length > 0
  }

  /** A `next()` waits. */
  wait(isInScope: boolean): Promise<IteratorResult<T, undefined>> {
    if (!this.isEmpty) return this.#waitBehind(isInScope)
    // An executor that does nothing else is compiled into its caller: neither it nor its scope is allocated.
    const promise = new Promise<IteratorResult<T, undefined>>((resolve, reject) => {
      this.#resolveFirst = resolve
      this.#rejectFirst = reject
    })
    if (isInScope) this.#firstInScope = promise
    return promise
  }

  /** They will reject for nobody's error: it is none that was overlooked, where somebody asked ahead and does not wait yet. */
  markHandled(): void {
    this.#firstInScope?.catch(ignore)
  }

  /** A `return()` or `throw()` waits until everything is closed. */
  waitForClosing(thrown: Thrown | undefined): Promise<IteratorResult<never, undefined>> {
    return new Promise((resolve, reject) => {
      this.#returns.push({ resolve, reject, thrown })
    })
  }

  /** Answers the first `next()`. */
  answer(answer: IteratorResult<T, undefined>): void {
    const resolve = this.#resolveFirst as Resolve<T>
    this.#shift()
    resolve(answer)
  }

  /** The first `next()` rejects, the others are done. */
  fail(error: unknown): void {
    const reject = this.#rejectFirst as Reject
    this.#shift()
    reject(error)
    this.end()
  }

  /** Every `next()` rejects. */
  failAll(error: unknown): void {
    while (!this.isEmpty) {
      const reject = this.#rejectFirst as Reject
      this.#shift()
      reject(error)
    }
  }

  /** Every `next()` is done. */
  end(): void {
    while (!this.isEmpty) this.answer(end())
  }

  /** The first who leaves is told what the closing led to, the others throw what they brought. */
  settleReturns(settle: (thrown: Thrown | undefined) => Thrown | undefined): void {
    const [first, ...others] = this.#returns
    this.#returns = []
    if (first === undefined) return
    settleReturn(first, settle(first.thrown))
    for (const other of others) settleReturn(other, other.thrown)
  }

  #waitBehind(isInScope: boolean): Promise<IteratorResult<T, undefined>> {
    const promise = new Promise<IteratorResult<T, undefined>>((resolve, reject) => {
      const waiter: Waiter<T> = { resolve, reject }
      if (this.#second === undefined) this.#second = waiter
      else (this.#last as Waiter<T>).next = waiter
      this.#last = waiter
    })
    if (isInScope) promise.catch(ignore)
    return promise
  }

  #shift(): void {
    const second = this.#second
    this.#firstInScope = undefined
    this.#resolveFirst = second?.resolve
    this.#rejectFirst = second?.reject
    this.#second = second?.next
  }
}

function settleReturn({ resolve, reject }: PendingReturn, thrown: Thrown | undefined): void {
  if (thrown === undefined) resolve(end())
  else reject(thrown.error)
}

function ignore(): void {
  // Whoever awaits the promise hears of it there.
}

/** The answer of a stream that is done. */
export function end(): IteratorReturnResult<undefined> {
  return { done: true, value: undefined }
}
