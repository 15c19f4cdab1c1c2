import type { ClosableIterator } from '../closable-iterator.ts'
import { asyncIteratorPrototype } from '../source/async-iterator-prototype.ts'
import { end } from '../outlet/pending-calls.ts'
import { Ring } from '../lists/ring.ts'
import { currentScope, runningScope, type Scope, type ScopeMember, type Telling } from '../source/scope.ts'
import type { Linked } from '../lists/place-list.ts'
import type { QueueState, Waiter } from './queue-state.ts'
import { WaitingCall } from './waiting-call.ts'

/**
 * One consumer of a queue. Every `next()` has a place of its own in the queue's line from the moment of its call, so that
 * no one who asks later, here or elsewhere, is served first.
 */
export class QueueConsumer<T> implements ClosableIterator<T>, ScopeMember {
  readonly #state: QueueState<T>
  /** Where a call waits alone. Nearly all do so one after the other, and then none of them makes a place. */
  readonly #place = new WaitingNext<T>(this)
  /** Where calls wait behind another one of this consumer, in the order in which they were made. */
  readonly #furtherPlaces = new Ring<WaitingNext<T>>()
  #isOver = false
  /** Those in which it was waited for. */
  #scopes: Set<Scope> | undefined
  /** Why it was told to stop, where nobody waited who could be told. */
  #reason: { reason: unknown } | undefined

  constructor(state: QueueState<T>) {
    this.#state = state
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const state = this.#state
    if (this.#isOver) return this.#afterEnd()
    if (state.size > 0) {
      // When it is waited for, nothing may tell any more in whose scope that is.
      runningScope()?.add(this)
      return Promise.resolve({ done: false, value: state.take() })
    }
    if (state.ending !== undefined) {
      this.#return()
      return state.ending.isFailure ? Promise.reject(state.ending.refusal('get')) : Promise.resolve(end())
    }
    const scope = currentScope()
    scope?.add(this)
    let place = this.#place
    if (place.next !== undefined || this.#furtherPlaces.size > 0) {
      place = new WaitingNext(this)
      this.#furtherPlaces.push(place)
    }
    state.getters.push(place)
    const promise = place.call.promise()
    if (scope !== undefined) place.promise = promise
    return promise
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#return()
    return Promise.resolve(end())
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    this.#return()
    // What the consumer throws comes back as it is.
    return Promise.reject(error)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  /** See `ScopeMember`. */
  get scopes(): Set<Scope> {
    return (this.#scopes ??= new Set())
  }

  /** Every call that waits is told why; where none does, the next one is. */
  told({ reason }: Telling): boolean {
    const places = this.#end()
    if (places.length === 0) this.#reason = { reason }
    for (const { call, promise } of places) {
      // It is nobody's error, and none that was overlooked where the call is not awaited yet.
      promise?.catch(() => undefined)
      call.reject(reason)
    }
    return places.length > 0
  }

  /** The call at this place, the first of those that wait, is answered. */
  answered(place: WaitingNext<T>): void {
    if (place !== this.#place) this.#furtherPlaces.shift()
  }

  /** Likewise refused. Says whether it is told the error: only a failure is told, to the first. */
  refused(place: WaitingNext<T>): boolean {
    this.answered(place)
    const isTold = !this.#isOver && this.#state.ending?.isFailure === true
    this.#finish()
    return isTold
  }

  /** Everybody else is done. */
  #return(): void {
    this.#reason = undefined
    for (const { call } of this.#end()) call.resolve(end())
  }

  /** Nobody waits in the queue's line any more. Gives the calls that did, in turn. */
  #end(): WaitingNext<T>[] {
    this.#finish()
    const places = this.#place.next === undefined ? [] : [this.#place]
    while (this.#furtherPlaces.size > 0) places.push(this.#furtherPlaces.shift())
    for (const place of places) this.#state.getters.remove(place)
    return places
  }

  #finish(): void {
    this.#isOver = true
    if (this.#scopes !== undefined) for (const scope of this.#scopes) scope.remove(this)
  }

  #afterEnd(): Promise<IteratorResult<T, undefined>> {
    const told = this.#reason
    this.#reason = undefined
    return told === undefined ? Promise.resolve(end()) : Promise.reject(told.reason)
  }
}

Object.setPrototypeOf(QueueConsumer.prototype, asyncIteratorPrototype)

/** The place of a `next()` that waits. */
class WaitingNext<T> implements Waiter<T> {
  previous: Linked | undefined
  next: Linked | undefined
  readonly call: WaitingCall<IteratorResult<T, undefined>> = new WaitingCall<IteratorResult<T, undefined>>(undefined)
  /** Of a call that was made inside a scope. */
  promise: Promise<unknown> | undefined
  readonly #consumer: QueueConsumer<T>

  constructor(consumer: QueueConsumer<T>) {
    this.#consumer = consumer
  }

  resolve(value: T): void {
    this.#consumer.answered(this)
    this.promise = undefined
    this.call.resolve({ done: false, value })
  }

  reject(error: unknown): void {
    if (this.#consumer.refused(this)) this.call.reject(error)
    else this.call.resolve(end())
  }
}
