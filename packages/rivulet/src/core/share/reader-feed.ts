import type { ErrorCollector } from '../outlet/error-collector.ts'
import type { Feed } from '../outlet/feed.ts'
import type { Outlet } from '../outlet/outlet.ts'
import type { Telling } from '../source/scope.ts'
import type { ReaderPosition } from './plan.ts'
import type { SharedSource } from './shared-source.ts'

/** The feed of one reader of a shared source. */
export class ReaderFeed<T> implements Feed<T> {
  readonly isPaused = false
  /** What was taken may be what the source waited for, whoever is to be given the next item. */
  readonly readsAhead = true
  readonly #outlet: Outlet<T>
  readonly #errors: ErrorCollector
  readonly #shared: SharedSource<T>
  readonly #position: ReaderPosition<T>
  #hasBegun = false

  constructor(outlet: Outlet<T>, errors: ErrorCollector, shared: SharedSource<T>, position: ReaderPosition<T>) {
    this.#outlet = outlet
    this.#errors = errors
    this.#shared = shared
    this.#position = position
  }

  get isReady(): boolean {
    return this.#shared.plan.hasUnread(this.#position)
  }

  get isExhausted(): boolean {
    return this.#shared.isOver
  }

  ask(): void {
    const shared = this.#shared
    if (!this.#hasBegun) {
      this.#hasBegun = true
      shared.begin(this.#position, this.#outlet)
    }
    if (this.#outlet.isAwaited && !this.isReady) shared.plan.waits(this.#position)
    shared.fill()
  }

  take(): Promise<IteratorYieldResult<T>> {
    const value = this.shift()
    this.#shared.fill()
    return Promise.resolve({ done: false, value })
  }

  shift(): T {
    return this.#shared.plan.take(this.#position)
  }

  discard(): void {
    this.#shared.remove(this.#position)
  }

  close(telling: Telling | undefined, onClosed: () => void): void {
    this.#shared.close(telling, this.#errors, onClosed)
  }

  dispose(): void {
    this.#shared.remove(this.#position)
  }
}
