import { AsyncResource } from 'node:async_hooks'

/**
 * Lets one program start in each turn of the event loop: a start blocks for milliseconds, in a large process for a hundred,
 * and many in a row would let nothing else run for the sum of them. The first is not kept waiting.
 */
export class Pacer {
  /** Those who wait, each as large as its run. */
  readonly #waiting = new Set<() => void>()
  #isTaken = false

  /** Calls `start` now or in a later turn, in the caller's async context; what it gives withdraws it. */
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
export const startPacer: Pacer = new Pacer()
