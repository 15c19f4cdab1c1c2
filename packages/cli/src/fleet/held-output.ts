import { tmpdir } from 'node:os'
import type { ShownEvent } from '../shown-event.ts'
import { GroupOrder } from './group-order.ts'
import { Spool } from './spool.ts'

/** Keeps the output of each command together: shows one as it runs, and holds what comes of the others, on disk. */
export class HeldOutput implements AsyncDisposable {
  readonly #order = new GroupOrder()
  readonly #spools = new Map<number, Spool>()
  readonly #show: (event: ShownEvent) => Promise<void>

  constructor(show: (event: ShownEvent) => Promise<void>) {
    this.#show = show
  }

  /** Shows or holds an event. Rejects where it cannot be held. */
  async take(command: number, event: ShownEvent): Promise<void> {
    if (this.#order.isShown(command)) await this.#show(event)
    else await this.#hold(command, event)
  }

  /** A command is over: shows what is to be shown now. */
  async over(command: number): Promise<void> {
    for (const released of this.#order.over(command)) await this.#release(released)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const spool of this.#spools.values()) await spool[Symbol.asyncDispose]()
  }

  async #hold(command: number, event: ShownEvent): Promise<void> {
    try {
      let spool = this.#spools.get(command)
      if (spool === undefined) {
        spool = await Spool.open()
        this.#spools.set(command, spool)
      }
      await spool.hold(event)
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new Error(`Cannot keep output together in ${tmpdir()}: ${why}; leave out --group, or set TMPDIR`, { cause })
    }
  }

  async #release(command: number): Promise<void> {
    const spool = this.#spools.get(command)
    if (spool === undefined) return
    for await (const event of spool.events()) await this.#show(event)
    this.#spools.delete(command)
    await spool[Symbol.asyncDispose]()
  }
}
