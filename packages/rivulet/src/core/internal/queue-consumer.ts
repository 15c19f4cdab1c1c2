import type { ClosableIterator } from '../closable-iterator.ts'
import { asyncIteratorPrototype } from './async-iterator-prototype.ts'
import type { Link } from './linked-list.ts'
import type { Getter, QueueState } from './queue-state.ts'

/**
 * One consumer of a queue. Every `next()` has a place of its own in the queue's line from the moment of its call, so that
 * no one who asks later, here or elsewhere, is served first.
 */
export class QueueConsumer<T> implements ClosableIterator<T> {
  readonly #state: QueueState<T>
  // A place that was served is let go at once: it leads to those served after it, and so would keep their items.
  readonly #pending = new Map<Link<Getter<T>>, () => void>()
  #isOver = false

  constructor(state: QueueState<T>) {
    this.#state = state
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const state = this.#state
    if (this.#isOver) return Promise.resolve(end())
    if (state.size > 0) return Promise.resolve({ done: false, value: state.take() })
    return new Promise((resolve, reject) => {
      const refused = (error: unknown): void => {
        const isThrown = state.ending?.isFailure === true && !this.#isOver
        this.#isOver = true
        if (isThrown) reject(error)
        else resolve(end())
      }
      if (state.ending !== undefined) {
        refused(state.ending.refusal('get'))
        return
      }
      const place = state.waitToGet({
        given: (value) => {
          this.#pending.delete(place)
          resolve({ done: false, value })
        },
        refused: (error) => {
          this.#pending.delete(place)
          refused(error)
        },
      })
      this.#pending.set(place, () => resolve(end()))
    })
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#leave()
    return Promise.resolve(end())
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    this.#leave()
    return new Promise((_, reject) => {
      // What the consumer throws comes back as it is.
      reject(error)
    })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  #leave(): void {
    this.#isOver = true
    for (const [place, answer] of this.#pending) {
      this.#state.withdrawGet(place)
      answer()
    }
    this.#pending.clear()
  }
}

Object.setPrototypeOf(QueueConsumer.prototype, asyncIteratorPrototype)

function end(): IteratorReturnResult<undefined> {
  return { done: true, value: undefined }
}
