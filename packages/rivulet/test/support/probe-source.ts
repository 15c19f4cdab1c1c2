import type { Source } from '../../src/core/source.ts'

export interface ProbeOptions<T> {
  /** What it gives first, as fast as it is asked. */
  items?: Iterable<T>
  /** How it goes on after `items`; `'wait'` by default. */
  then?: 'wait' | 'end' | { error: unknown }
  /** What `return()` does; by default it closes at once and settles a pending `next()`. */
  onReturn?: (() => PromiseLike<unknown>) | undefined
  /** Whether `return()` and the signal leave a pending `next()` pending. */
  isStuck?: boolean
}

type Event<T> = { value: T } | { error: unknown } | 'end'

/** A source that does what it is told and keeps count of what was done to it. */
export class ProbeSource<T = unknown> implements AsyncIterable<T> {
  opened = 0
  asked = 0
  closed = 0
  /** The most `next()` that were ever outstanding together. */
  mostOutstanding = 0
  /** The signal it was opened with, as a function source. */
  signal: AbortSignal | undefined
  readonly #options: ProbeOptions<T>
  readonly #events: Event<T>[] = []
  readonly #waiting: { resolve(result: IteratorResult<T>): void; reject(error: unknown): void }[] = []

  constructor(options: ProbeOptions<T> = {}) {
    this.#options = options
    for (const value of options.items ?? []) this.#events.push({ value })
    if (options.then === 'end') this.#events.push('end')
    else if (typeof options.then === 'object') this.#events.push(options.then)
  }

  /** The same source as a function that is given a signal, and heeds it unless it is stuck. */
  readonly open: Source<T> = (signal: AbortSignal): AsyncIterable<T> => {
    this.signal = signal
    signal.addEventListener('abort', () => {
      if (this.#options.isStuck !== true) this.fail(signal.reason)
    })
    return this
  }

  get outstanding(): number {
    return this.#waiting.length
  }

  give(...values: T[]): void {
    for (const value of values) this.#happen({ value })
  }

  end(): void {
    this.#happen('end')
  }

  fail(error: unknown): void {
    this.#happen({ error })
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    this.opened++
    return { next: () => this.#next(), return: () => this.#return() }
  }

  #next(): Promise<IteratorResult<T>> {
    this.asked++
    const promise = new Promise<IteratorResult<T>>((resolve, reject) => this.#waiting.push({ resolve, reject }))
    this.mostOutstanding = Math.max(this.mostOutstanding, this.#waiting.length)
    this.#answer()
    return promise
  }

  async #return(): Promise<IteratorResult<T>> {
    this.closed++
    await this.#options.onReturn?.()
    if (this.#options.isStuck !== true) this.end()
    return { done: true, value: undefined }
  }

  #happen(event: Event<T>): void {
    this.#events.push(event)
    this.#answer()
  }

  #answer(): void {
    while (this.#events.length > 0 && this.#waiting.length > 0) {
      const event = this.#events.shift()!
      const asker = this.#waiting.shift()
      if (event === 'end') asker?.resolve({ done: true, value: undefined })
      else if ('error' in event) asker?.reject(event.error)
      else asker?.resolve({ done: false, value: event.value })
    }
  }
}

/** A promise with its ends. */
export function gate<T = void>(): { promise: Promise<T>; open(value: T): void; break(error: unknown): void } {
  let open!: (value: T) => void
  let fail!: (error: unknown) => void
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve
    fail = reject
  })
  return { promise, open, break: fail }
}

/** Reads to the end. */
export async function readAll<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}
