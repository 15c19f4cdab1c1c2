import { tmpdir } from 'node:os'
import type { CommandEvent } from '../../../command-event.ts'
import type { Display } from '../../../screen/display.ts'
import { errorText } from '../../../text/error-text.ts'
import { GroupOrder } from './group-order.ts'
import { Spool } from './spool.ts'

/** Keeps the output of each command together: shows one as it runs, and holds the events of the others, on disk. */
export class GroupedOutput implements AsyncDisposable {
  readonly #order = new GroupOrder()
  readonly #spools = new Map<number, Spool>()
  readonly #display: Display
  /** For the command that is the first to be held. */
  #spare: Spool | undefined

  private constructor(display: Display, spare: Spool) {
    this.#display = display
    this.#spare = spare
  }

  /** Rejects if nothing can be held. */
  static async open(display: Display): Promise<GroupedOutput> {
    return new GroupedOutput(display, await explained(() => Spool.open()))
  }

  /** Shows or holds an event. Rejects if it cannot be held. */
  async take(command: number, event: CommandEvent): Promise<void> {
    if (this.#order.isShown(command)) await this.#display.show(event)
    else await explained(() => this.#hold(command, event))
  }

  /** A command is over: shows the held events that are due now. */
  async over(command: number): Promise<void> {
    for (const due of this.#order.over(command)) await this.#showHeld(due)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#spare?.[Symbol.asyncDispose]()
    for (const spool of this.#spools.values()) await spool[Symbol.asyncDispose]()
  }

  async #hold(command: number, event: CommandEvent): Promise<void> {
    let spool = this.#spools.get(command)
    if (spool === undefined) {
      spool = this.#spare ?? (await Spool.open())
      this.#spare = undefined
      this.#spools.set(command, spool)
    }
    await spool.write(event)
  }

  async #showHeld(command: number): Promise<void> {
    const spool = this.#spools.get(command)
    if (spool === undefined) return
    for await (const event of spool.events()) {
      if (this.#display.isOver) break
      await this.#display.show(event)
    }
    this.#spools.delete(command)
    await spool[Symbol.asyncDispose]()
  }
}

async function explained<T>(hold: () => Promise<T>): Promise<T> {
  try {
    return await hold()
  } catch (cause) {
    const why = errorText(cause)
    throw new Error(`Cannot keep output together in ${tmpdir()}: ${why}; leave out --group, or set TMPDIR`, { cause })
  }
}
