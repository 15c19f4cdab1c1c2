import fc from 'fast-check'
import type { Source } from '../../src/core/source.ts'

/** How a source of the model behaves. */
export interface Script {
  items: number
  ending: 'end' | 'fail' | 'stall'
  closing: 'quick' | 'slow' | 'throws' | 'slow and throws'
  /** A plain iterable, or a function that heeds its signal. */
  kind: 'plain' | 'function'
}

export const script: fc.Arbitrary<Script> = fc.record({
  items: fc.nat(4),
  ending: fc.constantFrom('end', 'end', 'fail', 'stall'),
  closing: fc.constantFrom('quick', 'slow', 'throws', 'slow and throws'),
  kind: fc.constantFrom('plain', 'function'),
})

/** What happened in a run, in the order in which it happened. */
export type Happened =
  | { what: 'item'; source: number; item: string }
  | { what: 'end'; source: number }
  | { what: 'failure' | 'closing failure'; source: number; error: unknown }
  | { what: 'abort' | 'leave' }

/** A source whose every step waits for its turn in the schedule. */
export class ScheduledSource {
  opened = 0
  closed = 0
  /** `return()` was called although it had ended by itself. */
  closedAfterEnd = false
  outstanding = 0
  mostOutstanding = 0
  isOver = false
  readonly items: string[]
  readonly #script: Script
  readonly #index: number
  readonly #schedule: fc.Scheduler
  readonly #log: Happened[]
  #given = 0
  #release: (() => void) | undefined

  constructor(schedule: fc.Scheduler, index: number, behaviour: Script, log: Happened[]) {
    this.#schedule = schedule
    this.#index = index
    this.#script = behaviour
    this.#log = log
    this.items = Array.from({ length: behaviour.items }, (_, item) => `${String(index)}.${String(item)}`)
  }

  get source(): Source<string> {
    const iterable = { [Symbol.asyncIterator]: () => this.#open() }
    if (this.#script.kind === 'plain') return iterable
    return (signal) => {
      signal.addEventListener('abort', () => this.#release?.())
      return iterable
    }
  }

  #open(): AsyncIterator<string> {
    this.opened++
    return { next: () => this.#next(), return: () => this.#return() }
  }

  async #next(): Promise<IteratorResult<string>> {
    this.mostOutstanding = Math.max(this.mostOutstanding, ++this.outstanding)
    try {
      const isLast = this.#given === this.items.length
      if (isLast && this.#script.ending === 'stall') return await this.#stall()
      await this.#schedule.schedule(Promise.resolve(), `next of ${String(this.#index)}`)
      if (!isLast) {
        const item = this.items[this.#given++]!
        this.#log.push({ what: 'item', source: this.#index, item })
        return { done: false, value: item }
      }
      this.isOver = true
      if (this.#script.ending === 'fail') throw this.#failure('failure')
      this.#log.push({ what: 'end', source: this.#index })
      return { done: true, value: undefined }
    } finally {
      this.outstanding--
    }
  }

  /** A plain iterable stays as it is; a function source that was told to stop ends. */
  #stall(): Promise<IteratorResult<string>> {
    return new Promise((resolve) => {
      this.#release = () => {
        resolve({ done: true, value: undefined })
      }
    })
  }

  async #return(): Promise<IteratorResult<string>> {
    this.closed++
    if (this.isOver) this.closedAfterEnd = true
    const { closing } = this.#script
    if (closing.startsWith('slow')) await this.#schedule.schedule(Promise.resolve(), `return of ${String(this.#index)}`)
    if (closing.endsWith('throws')) throw this.#failure('closing failure')
    return { done: true, value: undefined }
  }

  #failure(what: 'failure' | 'closing failure'): Error {
    const error = new Error(`${what} of ${String(this.#index)}`)
    this.#log.push({ what, source: this.#index, error })
    return error
  }
}
