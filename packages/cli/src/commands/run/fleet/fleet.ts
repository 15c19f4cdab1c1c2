import { MergeMap } from 'rivulet'
import { exitCodeOfSignal } from '../../../exit-code.ts'
import type { CommandRequest } from '../request.ts'
import { defaultKillAfterMs, type AttemptSettings } from './attempt.ts'
import { CommandSource, type FleetItem } from './command-source.ts'
import { FleetPlan, type FleetRules } from './fleet-plan.ts'

/** Milliseconds that a command has beyond SIGKILL before the merge waits for it no more. */
const reapingMs = 5000

/** What is run, and how. */
interface FleetOptions {
  commands: readonly CommandRequest[]
  settings: AttemptSettings
  rules: Omit<FleetRules, 'names'>
}

/**
 * Several commands as one stream of what comes from them. A merge whose sources are the commands reads; the plan decides; here
 * is done what the plan says. Ends when all are over. To be read once; `over` is to be told of each command that is over.
 */
export class Fleet implements AsyncIterable<[number, FleetItem]> {
  readonly #options: FleetOptions
  readonly #plan: FleetPlan
  readonly #merged: MergeMap<number, FleetItem>
  readonly #sources = new Map<number, CommandSource>()
  #signal: NodeJS.Signals | undefined

  constructor(options: FleetOptions) {
    const { commands, settings, rules } = options
    this.#options = options
    this.#plan = new FleetPlan({ ...rules, names: commands.map(({ name }) => name) })
    // The merge must not time out before SIGKILL is sent.
    this.#merged = new MergeMap({ cleanupTimeoutMs: (settings.killAfterMs ?? defaultKillAfterMs) + reapingMs })
  }

  /** How many commands have begun and are not over. */
  get running(): number {
    return this.#sources.size
  }

  /** The signal that was forwarded first. */
  get interruptedBy(): NodeJS.Signals | undefined {
    return this.#signal
  }

  /** As the plan decides. If it has not, because a signal left commands out, the exit code of the signal. */
  get exitCode(): number | undefined {
    return this.#plan.exitCode ?? (this.#signal === undefined ? undefined : exitCodeOfSignal(this.#signal))
  }

  /** Starts what is due. */
  [Symbol.asyncIterator](): AsyncIterator<[number, FleetItem]> {
    this.#startDue()
    return this.#merged
  }

  /** A command is over: starts what is due now, or stops the others. */
  over({ command, code }: FleetItem & { kind: 'over' }): void {
    this.#sources.delete(command)
    this.#plan.over(command, code)
    if (this.#plan.isClosed && this.#signal === undefined) this.stop()
    else this.#startDue()
  }

  /** Forwards a signal that asks to end to every program, and starts no other. */
  interrupt(killSignal: NodeJS.Signals): void {
    this.#signal ??= killSignal
    this.#closePlan()
    for (const source of this.#sources.values()) source.interrupt(killSignal)
  }

  /** Sends a signal that ends nothing to every program that runs. */
  kill(killSignal: NodeJS.Signals): void {
    for (const source of this.#sources.values()) source.kill(killSignal)
  }

  /** Ends every program, and starts no other. What they print meanwhile still comes. */
  stop(): void {
    this.#closePlan()
    for (const source of this.#sources.values()) source.stop()
  }

  /** Ends every program by SIGKILL, and starts no other. */
  stopNow(): void {
    this.#closePlan()
    for (const source of this.#sources.values()) source.stopNow()
  }

  /** Ends every program at once, and drops what they print. Resolves when nothing of them is left. */
  async return(): Promise<void> {
    this.#plan.close()
    await this.#merged.return()
  }

  /** Nothing is started any more. */
  #closePlan(): void {
    this.#plan.close()
    this.#startDue()
  }

  /** Starts what is due, or closes the merge if nothing ever will be. */
  #startDue(): void {
    const { commands, settings } = this.#options
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
