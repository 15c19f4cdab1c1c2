import { AsyncResource } from 'node:async_hooks'
import type { ClosableIterator } from '../../core/index.ts'

/**
 * Lets one program start in each turn of the event loop: a start blocks for milliseconds, in a large process for a hundred,
 * and many in a row would let nothing else run for the sum of them. The first does not wait.
 */
export class StartTurns {
  /** Those that wait, each as large as its run. */
  readonly #waiting = new Set<() => void>()
  #isTaken = false

  /** Whether the next start does not have to wait. */
  get isFree(): boolean {
    return !this.#isTaken
  }

  /** Calls `start` now or in a later turn, in the caller's async context. The function it gives cancels it. */
  enter(start: () => void): () => void {
    if (!this.#isTaken) {
      this.#take(start)
      return () => undefined
    }
    const caller = new AsyncResource('Rivulet')
    const inTurn = (): void => caller.runInAsyncScope(start)
    this.#waiting.add(inTurn)
    return () => void this.#waiting.delete(inTurn)
  }

  #take(start: () => void): void {
    this.#isTaken = true
    setImmediate(this.#nextTurn)
    start()
  }

  readonly #nextTurn = (): void => {
    this.#isTaken = false
    const [start] = this.#waiting
    if (start === undefined) return
    this.#waiting.delete(start)
    this.#take(start)
  }
}

/** One for all runs of this process. */
export const startTurns: StartTurns = new StartTurns()

/** The part of a stream that a view uses. */
export type RunStream<T> = Pick<ClosableIterator<T>, 'next' | 'return'>

/**
 * The stream of a run that waits for its turn to be started: it holds the calls of `next()` until there is a stream to
 * answer them. Before that nothing else of the run is made: of hundreds that are begun in one loop, the making would hold
 * up the event loop before the second of them is started.
 */
export class WaitingStream<T> implements RunStream<T> {
  /** Calls that wait for the turn; without a stream they are done. */
  readonly #calls: ((stream?: RunStream<T>) => void)[] = []
  #stream: RunStream<T> | undefined
  /** Calls that were forwarded and are not answered yet. */
  #unanswered = 0
  #isClosed = false

  /** Its turn has come, and this is what answers from now on. */
  forwardTo(stream: RunStream<T>): void {
    this.#stream = stream
    for (const call of this.#calls.splice(0)) call(stream)
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const stream = this.#stream
    // While a forwarded call is unanswered, one that took the direct way could overtake it.
    if (stream !== undefined && this.#unanswered === 0) return stream.next()
    return new Promise((resolve, reject) => {
      const call = (given?: RunStream<T>): void => {
        if (given === undefined) {
          resolve({ done: true, value: undefined })
          return
        }
        this.#unanswered++
        given.next().then(
          (answer) => {
            this.#unanswered--
            resolve(answer)
          },
          (error: unknown) => {
            this.#unanswered--
            reject(error)
          },
        )
      }
      if (stream !== undefined || this.#isClosed) call(stream)
      else this.#calls.push(call)
    })
  }

  return(): Promise<IteratorResult<T, undefined>> {
    if (this.#stream !== undefined) return this.#stream.return()
    this.#isClosed = true
    for (const call of this.#calls.splice(0)) call()
    return Promise.resolve({ done: true, value: undefined })
  }
}
