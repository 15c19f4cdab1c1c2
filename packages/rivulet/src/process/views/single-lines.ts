import { setImmediate } from 'node:timers'
import type { StreamName } from '../stream-name.ts'
import { CallOrder } from './call-order.ts'
import { ClosableStream } from './closable-stream.ts'
import type { View } from './view.ts'

type Line = IteratorResult<[StreamName, string], undefined>

/** Lines after which the event loop is given a turn, as a merge does for its items. */
const linesPerTurn = 1024

/**
 * The lines of batches one by one. Most are answered in place, because what a merge costs for an item is several times
 * what a line costs.
 */
export class SingleLines extends ClosableStream<[StreamName, string]> {
  readonly #batches: View<string[]>
  readonly #order = new CallOrder()
  #name: StreamName = 'stdout'
  #lines: readonly string[] = []
  #at = 0
  #sinceTurn = 0
  #endTurn: () => void = () => undefined

  constructor(batches: View<string[]>) {
    super()
    this.#batches = batches
  }

  next(): Promise<Line> {
    if (
      this.#order.isBusy ||
      this.#at === this.#lines.length ||
      this.#sinceTurn === linesPerTurn ||
      this.#batches.isStopped
    ) {
      return this.#batches.askInScope(() => this.#order.add(() => this.#advance()))
    }
    this.#batches.joinScope()
    this.#sinceTurn++
    // The engine knows of an object literal made right here that it has no `then`, and would look for one in any other.
    return Promise.resolve({ done: false, value: [this.#name, this.#lines[this.#at++] as string] })
  }

  async return(): Promise<Line> {
    const closed = this.#batches.return()
    this.#endTurn()
    await closed
    return { done: true, value: undefined }
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
