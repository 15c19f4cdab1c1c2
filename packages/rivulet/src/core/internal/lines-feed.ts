import { Closing } from './closing.ts'
import { captureContext } from './context.ts'
import type { Ending } from './ending.ts'
import type { Feed } from './feed.ts'
import { Member, type Host } from './member.ts'
import { defaultCleanupTimeoutMs } from './merge-settings.ts'
import { show } from '../checks/options.ts'
import type { Outlet } from './outlet.ts'

interface Splitter<T> {
  push(chunk: string | Uint8Array): T[]
  end(): T[]
}

/** The feed of one source whose chunks are split into batches of items. */
export class LinesFeed<T> implements Feed<T>, Host {
  readonly #outlet: Outlet<T>
  readonly #ending: Ending
  readonly #splitter: Splitter<T>
  readonly #member: Member
  #batch: T[] = []
  #taken = 0

  constructor(outlet: Outlet<T>, ending: Ending, source: unknown, splitter: Splitter<T>) {
    this.#outlet = outlet
    this.#ending = ending
    this.#splitter = splitter
    this.#member = new Member('source', source, captureContext(), this)
  }

  get ready(): boolean {
    return this.#taken < this.#batch.length
  }

  get exhausted(): boolean {
    return this.#member.isEnded
  }

  take(): T {
    return this.#batch[this.#taken++] as T
  }

  demand(): void {
    if (!this.ready && this.#member.isIdle) this.#member.ask()
  }

  clear(): void {
    this.#hold([])
  }

  stop(abort: { reason: unknown } | undefined, done: () => void): void {
    const onError = (error: unknown, key: unknown): void => this.#ending.hear(error, key)
    new Closing(defaultCleanupTimeoutMs, onError, done).close([this.#member], abort)
  }

  arrived(member: Member, chunk: unknown): void {
    member.promise = undefined
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
      this.failed(member, new TypeError(`Lines are read from strings or Uint8Arrays, not from ${show(chunk)}`))
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
    else if (this.#outlet.isReading) this.#member.ask()
  }

  ended(): void {
    this.#give(this.#splitter.end())
  }

  failed(_member: Member, error: unknown): void {
    // Not pumped before the error is known: all that is there has been read, so the reading would end well.
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
