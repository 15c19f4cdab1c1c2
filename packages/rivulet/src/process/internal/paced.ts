import type { ClosableIterator } from '../../core/index.ts'
import { Leavable } from './leavable.ts'

interface Asked<T> {
  resolve(answer: IteratorResult<T, undefined>): void
  reject(error: unknown): void
}

/**
 * What is asked of a run while it waits for its turn to be started. Nothing that a run is made of is made before that:
 * of hundreds that are begun in one loop, it would hold up the event loop before the first of them is started.
 */
export class Paced<T> extends Leavable<T> {
  readonly #onLeft: () => void
  /** Askings that wait for the turn. */
  readonly #asked: Asked<T>[] = []
  #items: ClosableIterator<T> | undefined
  /** Askings that were passed on and are not answered. */
  #unanswered = 0
  #isOver = false

  /** `onLeft` hears when its consumer leaves before its turn. */
  constructor(onLeft: () => void) {
    super()
    this.#onLeft = onLeft
  }

  /** What is asked from its turn on. */
  get items(): ClosableIterator<T> | undefined {
    return this.#items
  }

  /** Its turn has come. */
  start(items: ClosableIterator<T>): void {
    this.#items = items
    for (const asked of this.#asked.splice(0)) this.#pass(asked, items)
  }

  /** It is over before its turn: who asked first is told why, the others that it is. */
  fail(error: unknown): void {
    this.#asked.shift()?.reject(error)
    this.#end()
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const items = this.#items
    // As long as one that was passed on is not answered, one that took the shorter way could overtake it.
    if (items !== undefined && this.#unanswered === 0) return items.next()
    return new Promise((resolve, reject) => {
      const asked = { resolve, reject }
      if (items !== undefined) this.#pass(asked, items)
      else if (this.#isOver) resolve({ done: true, value: undefined })
      else this.#asked.push(asked)
    })
  }

  return(): Promise<IteratorResult<T, undefined>> {
    if (this.#items !== undefined) return this.#items.return()
    if (!this.#isOver) {
      this.#end()
      this.#onLeft()
    }
    return Promise.resolve({ done: true, value: undefined })
  }

  #pass(asked: Asked<T>, items: ClosableIterator<T>): void {
    this.#unanswered++
    items.next().then(
      (answer) => {
        this.#unanswered--
        asked.resolve(answer)
      },
      (error: unknown) => {
        this.#unanswered--
        asked.reject(error)
      },
    )
  }

  #end(): void {
    this.#isOver = true
    for (const asked of this.#asked.splice(0)) asked.resolve({ done: true, value: undefined })
  }
}
