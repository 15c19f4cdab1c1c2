import type { Telling } from '../source/scope.ts'
import type { Feed } from './feed.ts'
import type { Outlet } from './outlet.ts'

/** Hears what came of making an item. */
export interface Outcome<T> {
  deliver(item: T): void
  end(): void
  fail(error: unknown): void
}

/** Makes one item at a time. */
export interface Producer<T> {
  /** Starts making the next item; it is called again only after `deliver`, and always with the same outcome. */
  produce(outcome: Outcome<T>): void
  /** Stops for good, and calls `onClosed` when nothing is open any more. */
  close(telling: Telling | undefined, onClosed: () => void): void
}

/** The feed of a stream that makes its items one by one, as they are asked for. */
export class SingleFeed<T> implements Feed<T>, Outcome<T> {
  readonly isPaused = false
  readonly readsAhead = false
  readonly #outlet: Outlet<T>
  readonly #producer: Producer<T>
  #state: 'idle' | 'asked' | 'ready' | 'ended' = 'idle'
  #item: T | undefined

  constructor(outlet: Outlet<T>, producer: Producer<T>) {
    this.#outlet = outlet
    this.#producer = producer
  }

  get isReady(): boolean {
    return this.#state === 'ready'
  }

  get isExhausted(): boolean {
    return this.#state === 'ended'
  }

  ask(): void {
    if (this.#state !== 'idle') return
    this.#state = 'asked'
    this.#producer.produce(this)
  }

  take(): Promise<IteratorYieldResult<T>> {
    return Promise.resolve({ done: false, value: this.shift() })
  }

  shift(): T {
    const item = this.#item as T
    this.#item = undefined
    this.#state = 'idle'
    return item
  }

  discard(): void {
    if (this.#state !== 'ready') return
    this.#item = undefined
    this.#state = 'idle'
  }

  close(telling: Telling | undefined, onClosed: () => void): void {
    this.#producer.close(telling, onClosed)
  }

  deliver(item: T): void {
    if (!this.#outlet.isReading) return
    this.#item = item
    this.#state = 'ready'
    this.#outlet.pump()
  }

  end(): void {
    if (!this.#outlet.isReading) return
    this.#state = 'ended'
    this.#outlet.pump()
  }

  fail(error: unknown): void {
    this.#outlet.fail(error)
  }
}
