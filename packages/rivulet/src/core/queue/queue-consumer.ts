import type { ClosableIterator } from '../closable-iterator.ts'
import { asyncIteratorPrototype } from '../source/async-iterator-prototype.ts'
import { end } from '../outlet/pending-calls.ts'
import { Ring } from '../outlet/ring.ts'
import type { Linked } from './place-list.ts'
import type { QueueState, Waiter } from './queue-state.ts'
import { WaitingCall } from './waiting-call.ts'

/**
 * One consumer of a queue. Every `next()` has a place of its own in the queue's line from the moment of its call, so that
 * no one who asks later, here or elsewhere, is served first.
 */
export class QueueConsumer<T> implements ClosableIterator<T> {
  readonly #state: QueueState<T>
  /** Where a call waits alone. Nearly all do so one after the other, and then none of them makes a place. */
  readonly #place = new WaitingNext<T>(this)
  /** Where calls wait behind another one of this consumer, in the order in which they were made. */
  readonly #furtherPlaces = new Ring<WaitingNext<T>>()
  #isOver = false

  constructor(state: QueueState<T>) {
    this.#state = state
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const state = this.#state
    if (this.#isOver) return Promise.resolve(end())
    if (state.size > 0) return Promise.resolve({ done: false, value: state.take() })
    if (state.ending !== undefined) {
      this.#isOver = true
      return state.ending.isFailure ? Promise.reject(state.ending.refusal('get')) : Promise.resolve(end())
    }
    let place = this.#place
    if (place.next !== undefined || this.#furtherPlaces.size > 0) {
      place = new WaitingNext(this)
      this.#furtherPlaces.push(place)
    }
    state.getters.push(place)
    return place.call.promise()
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#leave()
    return Promise.resolve(end())
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    this.#leave()
    // What the consumer throws comes back as it is.
    return Promise.reject(error)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  /** The call at this place, the first of those that wait, is answered. */
  answered(place: WaitingNext<T>): void {
    if (place !== this.#place) this.#furtherPlaces.shift()
  }

  /** Likewise refused. Says whether it is told the error: only a failure is told, to the first. */
  refused(place: WaitingNext<T>): boolean {
    this.answered(place)
    const isTold = !this.#isOver && this.#state.ending?.isFailure === true
    this.#isOver = true
    return isTold
  }

  #leave(): void {
    this.#isOver = true
    if (this.#place.next !== undefined) this.#vacate(this.#place)
    while (this.#furtherPlaces.size > 0) this.#vacate(this.#furtherPlaces.shift())
  }

  #vacate(place: WaitingNext<T>): void {
    this.#state.getters.remove(place)
    place.call.resolve(end())
  }
}

Object.setPrototypeOf(QueueConsumer.prototype, asyncIteratorPrototype)

/** The place of a `next()` that waits. */
class WaitingNext<T> implements Waiter<T> {
  previous: Linked | undefined
  next: Linked | undefined
  readonly call: WaitingCall<IteratorResult<T, undefined>> = new WaitingCall<IteratorResult<T, undefined>>(undefined)
  readonly #consumer: QueueConsumer<T>

  constructor(consumer: QueueConsumer<T>) {
    this.#consumer = consumer
  }

  resolve(value: T): void {
    this.#consumer.answered(this)
    this.call.resolve({ done: false, value })
  }

  reject(error: unknown): void {
    if (this.#consumer.refused(this)) this.call.reject(error)
    else this.call.resolve(end())
  }
}
