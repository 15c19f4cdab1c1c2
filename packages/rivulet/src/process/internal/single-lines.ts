import { setImmediate } from 'node:timers'
import { Leavable } from './leavable.ts'
import type { StreamName } from './stream-name.ts'
import type { View } from './view.ts'

type Line = IteratorResult<[StreamName, string], undefined>

/** Lines after which the event loop is given a turn, as a merge does for its items. */
const linesPerTurn = 1024

/**
 * The lines of batches one by one. Most are answered in place, since what a merge costs for each item is several times
 * what a line costs.
 */
export class SingleLines extends Leavable<[StreamName, string]> {
  readonly #batches: View<string[]>
  #name: StreamName = 'stdout'
  #lines: readonly string[] = []
  #at = 0
  #sinceTurn = 0
  /** Askings that wait, each for the one before it. */
  #waiting = 0
  #last: Promise<unknown> = Promise.resolve()
  #endTurn: () => void = () => undefined

  constructor(batches: View<string[]>) {
    super()
    this.#batches = batches
  }

  next(): Promise<Line> {
    if (this.#waiting > 0) return this.#wait(this.#last.then(() => this.#advance()))
    if (this.#at === this.#lines.length || this.#sinceTurn === linesPerTurn || this.#batches.isStopped) {
      return this.#wait(this.#advance())
    }
    this.#sinceTurn++
    // Of a literal that is made right here it is known that it has no `then`; in any other it would be looked for.
    return Promise.resolve({ done: false, value: [this.#name, this.#lines[this.#at++] as string] })
  }

  async return(): Promise<Line> {
    const left = this.#batches.return()
    this.#endTurn()
    await left
    return { done: true, value: undefined }
  }

  #wait(answer: Promise<Line>): Promise<Line> {
    const settled = (): number => this.#waiting--
    this.#waiting++
    this.#last = answer.then(settled, settled)
    return answer
  }

  async #advance(): Promise<Line> {
    if (this.#sinceTurn === linesPerTurn) await this.#turn()
    // What is unread when the run is stopped is dropped.
    while (this.#at === this.#lines.length || this.#batches.isStopped) {
      const { done, value } = await this.#batches.next()
      if (done === true) return { done, value }
      ;[this.#name, this.#lines] = value
      this.#at = 0
    }
    this.#sinceTurn++
    return { done: false, value: [this.#name, this.#lines[this.#at++] as string] }
  }

  #turn(): Promise<void> {
    this.#sinceTurn = 0
    return new Promise((resolve) => {
      this.#endTurn = resolve
      setImmediate(resolve)
    })
  }
}
