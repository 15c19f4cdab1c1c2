import { tmpdir } from 'node:os'
import { errorText } from '../error-text.ts'
import type { Showing } from '../screen/showing.ts'
import type { ShownEvent } from '../shown-event.ts'
import { GroupOrder } from './group-order.ts'
import { Spool } from './spool.ts'

/** Keeps the output of each command together: shows one as it runs, and holds what comes of the others, on disk. */
export class HeldOutput implements AsyncDisposable {
  readonly #order = new GroupOrder()
  readonly #spools = new Map<number, Spool>()
  readonly #showing: Showing
  /** For the command that is the first to be held. */
  #spare: Spool | undefined

  private constructor(showing: Showing, spare: Spool) {
    this.#showing = showing
    this.#spare = spare
  }

  /** Rejects where nothing can be held. */
  static async open(showing: Showing): Promise<HeldOutput> {
    return new HeldOutput(showing, await told(() => Spool.open()))
  }

  /** Shows or holds an event. Rejects where it cannot be held. */
  async take(command: number, event: ShownEvent): Promise<void> {
    if (this.#order.isShown(command)) await this.#showing.show(event)
    else await told(() => this.#hold(command, event))
  }

  /** A command is over: shows what is to be shown now. */
  async over(command: number): Promise<void> {
    for (const released of this.#order.over(command)) await this.#release(released)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#spare?.[Symbol.asyncDispose]()
    for (const spool of this.#spools.values()) await spool[Symbol.asyncDispose]()
  }

  async #hold(command: number, event: ShownEvent): Promise<void> {
    let spool = this.#spools.get(command)
    if (spool === undefined) {
      spool = this.#spare ?? (await Spool.open())
      this.#spare = undefined
      this.#spools.set(command, spool)
    }
    await spool.hold(event)
  }

  async #release(command: number): Promise<void> {
    const spool = this.#spools.get(command)
    if (spool === undefined) return
    for await (const event of spool.events()) {
      if (this.#showing.isOver) break
      await this.#showing.show(event)
    }
    this.#spools.delete(command)
    await spool[Symbol.asyncDispose]()
  }
}

async function told<T>(hold: () => Promise<T>): Promise<T> {
  try {
    return await hold()
  } catch (cause) {
    const why = errorText(cause)
    throw new Error(`Cannot keep output together in ${tmpdir()}: ${why}; leave out --group, or set TMPDIR`, { cause })
  }
}
