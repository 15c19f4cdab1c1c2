import { show } from '../checks/options.ts'
import type { ErrorCollector } from '../outlet/error-collector.ts'
import type { Feed } from '../outlet/feed.ts'
import type { Outlet } from '../outlet/outlet.ts'
import { Closing, defaultCleanupTimeoutMs } from '../source/closing.ts'
import { captureContext } from '../source/context.ts'
import { LiveSource, type SourceHost } from '../source/live-source.ts'

interface Splitter<T> {
  push(chunk: string | Uint8Array): T[]
  end(): T[]
}

/** The feed of one source whose chunks are split into batches of items. */
export class LinesFeed<T> implements Feed<T>, SourceHost<undefined> {
  readonly isPaused = false
  readonly readsAhead = false
  readonly #outlet: Outlet<T>
  readonly #errors: ErrorCollector
  readonly #splitter: Splitter<T>
  readonly #source: LiveSource
  #batch: T[] = []
  #taken = 0
  #hasEnded = false

  constructor(outlet: Outlet<T>, errors: ErrorCollector, source: unknown, splitter: Splitter<T>) {
    this.#outlet = outlet
    this.#errors = errors
    this.#splitter = splitter
    this.#source = new LiveSource('source', source, captureContext(), this, undefined)
  }

  get isReady(): boolean {
    return this.#taken < this.#batch.length
  }

  get isExhausted(): boolean {
    return this.#hasEnded
  }

  ask(): void {
    if (!this.isReady) this.#source.ask()
  }

  take(): Promise<IteratorYieldResult<T>> {
    return Promise.resolve({ done: false, value: this.shift() })
  }

  shift(): T {
    return this.#batch[this.#taken++] as T
  }

  discard(): void {
    this.#hold([])
  }

  close(abort: { reason: unknown } | undefined, onClosed: () => void): void {
    new Closing(defaultCleanupTimeoutMs, this.#errors, onClosed).start([this.#source], abort)
  }

  arrived(_source: LiveSource, chunk: unknown): void {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
      this.#fail(new TypeError(`Lines are read from strings or Uint8Arrays, not from ${show(chunk)}`))
      return
    }
    let items: T[]
    try {
      items = this.#splitter.push(chunk)
    } catch (error) {
      // A chunk can be more than a string can hold.
      this.#outlet.fail(error)
      return
    }
    if (items.length > 0) this.#give(items)
    // No line ends in this chunk: whoever waits goes on waiting.
    else if (this.#outlet.isReading) this.#source.ask()
  }

  ended(): void {
    this.#hasEnded = true
    this.#give(this.#splitter.end())
  }

  failed(_source: LiveSource, error: unknown): void {
    this.#hasEnded = true
    this.#fail(error)
  }

  #fail(error: unknown): void {
    // Not pumped before the error is known: everything there is has been read, so the reading would end well.
    this.#hold(this.#splitter.end())
    this.#outlet.fail(error)
  }

  #give(items: T[]): void {
    this.#hold(items)
    this.#outlet.pump()
  }

  #hold(items: T[]): void {
    this.#batch = items
    this.#taken = 0
  }
}
