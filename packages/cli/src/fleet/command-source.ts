import { SpawnError, type RunEvent } from 'rivulet/process'
import { ownFailure, startFailureCode } from '../exit-code.ts'
import type { CommandRequest } from '../run-request.ts'
import { Attempt, type AttemptSettings } from './attempt.ts'
import type { FleetItem } from './fleet-item.ts'
import type { FleetPlan } from './fleet-plan.ts'
import { relayFailure } from './relayed.ts'

/** What a command is run with. */
export interface CommandParts {
  number: number
  command: CommandRequest
  settings: AttemptSettings
  plan: FleetPlan
}

type Result = IteratorResult<FleetItem, undefined>

const done: Result = { done: true, value: undefined }

/** One command, from its first start to the end of its last attempt: its events, what is to be told, and that it is over. */
export class CommandSource implements AsyncIterableIterator<FleetItem, undefined> {
  readonly #parts: CommandParts
  #attempt: Attempt | undefined
  /** Milliseconds to wait before the next attempt. */
  #pauseMs = 0
  #endPause: () => void = () => undefined
  /** Of the last attempt. */
  #code: number | undefined
  #isEnded = false
  #isOver = false

  constructor(parts: CommandParts) {
    this.#parts = parts
  }

  /** The next of it; asked for one at a time. */
  async next(): Promise<Result> {
    if (this.#isEnded || this.#isOver) return this.#over()
    if (this.#pauseMs > 0 && !(await this.#pause())) return this.#over()
    const { command, settings } = this.#parts
    this.#attempt ??= new Attempt(command, settings)
    try {
      const { done: hasEnded, value: event } = await this.#attempt.next()
      return hasEnded === true ? this.#end(await this.#attempt.code) : this.#item(event)
    } catch (error) {
      return this.#fail(error)
    }
  }

  /** Hands on a signal. Whoever waits to be started again is not. */
  forward(killSignal: NodeJS.Signals): void {
    this.#endPause()
    this.#attempt?.forward(killSignal)
  }

  /** Ends it: SIGTERM, and SIGKILL when that has not helped. */
  stop(): void {
    this.#endPause()
    this.#attempt?.stop('aborted')
  }

  /** Ends it, and resolves when nothing of it is left. */
  async return(): Promise<Result> {
    this.#isOver = true
    this.#endPause()
    await this.#attempt?.return()
    return done
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #item(event: RunEvent): Result {
    const { number, command } = this.#parts
    const { name } = command
    return {
      done: false,
      value: { kind: 'event', command: number, event: name === undefined ? event : { name, ...event } },
    }
  }

  #end(code: number | undefined): Result {
    if (this.#isOver) return done
    const { number, command, plan } = this.#parts
    this.#attempt = undefined
    this.#code = code
    const pauseMs = code === undefined ? undefined : plan.takeRestart(number, code)
    if (code === undefined || pauseMs === undefined) return this.#over()
    this.#pauseMs = pauseMs
    const count = `${plan.restartsOf(number)} of ${plan.restarts}`
    const who = command.name ?? command.file
    return this.#notice(`'${who}' ended with exit code ${code} and is started again in ${pauseMs} ms (${count})`)
  }

  /** It could not be started, or read what it was to read: a further attempt would do no better. */
  #fail(error: unknown): Result {
    const { command, settings } = this.#parts
    const hasStarted = !(error instanceof SpawnError)
    if (hasStarted && settings.input === undefined) throw error
    this.#isEnded = true
    this.#attempt = undefined
    this.#code = hasStarted ? ownFailure : startFailureCode(error, command.cwd)
    const { name } = command
    const why = hasStarted
      ? `Cannot read the input '${settings.input ?? ''}': ${told(error)}`
      : this.#startFailure(error)
    return this.#notice(name === undefined ? why : `${name}: ${why}`)
  }

  #startFailure(error: SpawnError): string {
    const { command, settings } = this.#parts
    return settings.pty === undefined ? error.message : relayFailure(error, settings.pty, command.file)
  }

  #notice(text: string): Result {
    return { done: false, value: { kind: 'notice', text } }
  }

  #over(): Result {
    if (this.#isOver) return done
    this.#isOver = true
    return { done: false, value: { kind: 'over', command: this.#parts.number, code: this.#code } }
  }

  /** Waits, and says whether to go on. */
  async #pause(): Promise<boolean> {
    const pauseMs = this.#pauseMs
    this.#pauseMs = 0
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs)
      this.#endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    return !this.#isOver && !this.#parts.plan.isClosed
  }
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
