import { Ring } from './ring.ts'

type Resolve<T> = (answer: IteratorResult<T, undefined>) => void
type Reject = (error: unknown) => void

interface Leaver {
  resolve: Resolve<never>
  reject: Reject
  /** What `throw()` was called with. */
  thrown: { error: unknown } | undefined
}

/** The calls that wait for a stream, and the one place in which they are settled: `next()` in call order, then who leaves. */
export class PendingCalls<T> {
  /** The first `next()`, in fields of its own: there is seldom another. */
  #resolveFirst: Resolve<T> | undefined
  #rejectFirst: Reject | undefined
  /** The promise of the first, where it was asked for inside a scope. */
  #firstInScope: Promise<unknown> | undefined
  /** How to resolve and how to reject each of the others, in turn. */
  readonly #others = new Ring<Resolve<T> | Reject>()
  #leavers: Leaver[] = []

  /** Whether no `next()` waits. */
  get isEmpty(): boolean {
    return this.#resolveFirst === undefined
  }

  get hasLeavers(): boolean {
    return this.#leavers.length > 0
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
  waitToLeave(thrown: { error: unknown } | undefined): Promise<IteratorResult<never, undefined>> {
    return new Promise((resolve, reject) => {
      this.#leavers.push({ resolve, reject, thrown })
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
  settleLeavers(settle: (thrown: { error: unknown } | undefined) => { error: unknown } | undefined): void {
    const [first, ...others] = this.#leavers
    this.#leavers = []
    if (first === undefined) return
    settleLeaver(first, settle(first.thrown))
    for (const other of others) settleLeaver(other, other.thrown)
  }

  #waitBehind(isInScope: boolean): Promise<IteratorResult<T, undefined>> {
    const promise = new Promise<IteratorResult<T, undefined>>((resolve, reject) => {
      this.#others.push(resolve)
      this.#others.push(reject)
    })
    if (isInScope) promise.catch(ignore)
    return promise
  }

  #shift(): void {
    const others = this.#others
    const isAlone = others.size === 0
    this.#firstInScope = undefined
    this.#resolveFirst = isAlone ? undefined : others.shift()
    this.#rejectFirst = isAlone ? undefined : (others.shift() as Reject)
  }
}

function settleLeaver({ resolve, reject }: Leaver, thrown: { error: unknown } | undefined): void {
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
