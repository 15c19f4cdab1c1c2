import { MergeMap } from 'rivulet'
import { exitCodeOfSignal } from '../exit-code.ts'
import type { CommandRequest } from '../run-request.ts'
import { defaultKillAfterMs, type AttemptSettings } from './attempt.ts'
import { CommandSource } from './command-source.ts'
import type { FleetItem } from './fleet-item.ts'
import { FleetPlan, type FleetRules } from './fleet-plan.ts'

/** Milliseconds that a command has beyond SIGKILL before the merge lets it go. */
const reapingMs = 5000

/** What is run, and how. */
export interface FleetParts {
  commands: readonly CommandRequest[]
  settings: AttemptSettings
  rules: Omit<FleetRules, 'names'>
}

/**
 * Several commands as one stream of what comes of them. A merge whose sources are the commands does the reading; the plan
 * decides; here is done what it says. Ends when all are over.
 */
export class Fleet implements AsyncIterableIterator<FleetItem, undefined>, AsyncDisposable {
  readonly #parts: FleetParts
  readonly #plan: FleetPlan
  readonly #merged: MergeMap<number, FleetItem>
  readonly #sources = new Map<number, CommandSource>()
  #signal: NodeJS.Signals | undefined
  #hasBegun = false

  constructor(parts: FleetParts) {
    const { commands, settings, rules } = parts
    this.#parts = parts
    this.#plan = new FleetPlan({ ...rules, names: commands.map(({ name }) => name) })
    // A merge lets go of what is slower to end; that is for SIGKILL to do.
    this.#merged = new MergeMap({ cleanupTimeoutMs: (settings.killAfterMs ?? defaultKillAfterMs) + reapingMs })
  }

  /** How many commands are not over, of those that were begun. */
  get running(): number {
    return this.#sources.size
  }

  /** The signal that was handed on first. */
  get interruptedBy(): NodeJS.Signals | undefined {
    return this.#signal
  }

  /** That of the command that decides; where commands were left out for a signal, and none has decided, that of the signal. */
  get exitCode(): number | undefined {
    return this.#plan.exitCode ?? (this.#signal === undefined ? undefined : exitCodeOfSignal(this.#signal))
  }

  async next(): Promise<IteratorResult<FleetItem, undefined>> {
    if (!this.#hasBegun) this.#begin()
    const { done, value } = await this.#merged.next()
    if (done === true) return { done, value: undefined }
    const [, item] = value
    if (item.kind === 'over') this.#over(item)
    return { done: false, value: item }
  }

  /** Hands on a signal that asks to end to every program, and starts no other. */
  interrupt(killSignal: NodeJS.Signals): void {
    this.#signal ??= killSignal
    this.#plan.close()
    for (const source of this.#sources.values()) source.forward(killSignal)
    this.#startDue()
  }

  /** Ends every program by SIGKILL, and starts no other. */
  kill(): void {
    this.#plan.close()
    for (const source of this.#sources.values()) source.kill()
    this.#startDue()
  }

  /** Hands on a signal that ends nothing to every program that runs. */
  pass(killSignal: NodeJS.Signals): void {
    for (const source of this.#sources.values()) source.pass(killSignal)
  }

  /** Ends every program, and starts no other. What they print meanwhile still comes. */
  stop(): void {
    this.#plan.close()
    for (const source of this.#sources.values()) source.stop()
    this.#startDue()
  }

  /** Ends every program at once, and drops what they print. Resolves when nothing of them is left. */
  async return(): Promise<IteratorResult<FleetItem, undefined>> {
    this.#plan.close()
    await this.#merged.return()
    return { done: true, value: undefined }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #begin(): void {
    this.#hasBegun = true
    this.#startDue()
  }

  #over({ command, code }: FleetItem & { kind: 'over' }): void {
    this.#sources.delete(command)
    this.#plan.over(command, code)
    if (this.#plan.isClosed && this.#signal === undefined) this.stop()
    else this.#startDue()
  }

  /** Starts what is due, or closes the merge when nothing will be. */
  #startDue(): void {
    const { commands, settings } = this.#parts
    for (const number of this.#plan.takeDue()) {
      const command = commands[number] as CommandRequest
      const source = new CommandSource({ number, command, settings, plan: this.#plan })
      this.#sources.set(number, source)
      // As a function it is one that can be told to stop, and is waited for.
      this.#merged.set(number, () => source)
    }
    if (this.#plan.isDone) this.#merged.close()
  }
}
