import { SpawnError, type RunEvent } from 'rivulet/process'
import { errorText } from '../error-text.ts'
import { ownFailure, startFailureCode } from '../exit-code.ts'
import type { CommandRequest } from '../run-request.ts'
import type { ShownEvent } from '../shown-event.ts'
import { Attempt, type AttemptSettings } from './attempt.ts'
import { endNotices } from './end-notices.ts'
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
  /** What is to be told before anything else. */
  readonly #notices: string[] = []
  /** Milliseconds to wait before the next attempt; undefined where there is none. */
  #pauseMs: number | undefined = 0
  #endPause: () => void = () => undefined
  /** Of the last attempt. */
  #code: number | undefined
  /** Whether nothing more is given. */
  #isOver = false

  constructor(parts: CommandParts) {
    this.#parts = parts
  }

  /** The next of it; asked for one at a time. */
  async next(): Promise<Result> {
    if (this.#isOver) return done
    const text = this.#notices.shift()
    if (text !== undefined) return { done: false, value: { kind: 'notice', text } }
    if (this.#attempt === undefined && !(await this.#mayStart())) return this.#over()
    const { command, settings } = this.#parts
    this.#attempt ??= new Attempt(command, settings)
    try {
      return await this.#read(this.#attempt)
    } catch (error) {
      return this.#fail(error)
    }
  }

  /** Hands on a signal that asks to end. Whoever waits to be started again is not. */
  forward(killSignal: NodeJS.Signals): void {
    this.#endPause()
    this.#attempt?.forward(killSignal)
  }

  /** Hands on a signal that ends nothing. */
  pass(killSignal: NodeJS.Signals): void {
    this.#attempt?.pass(killSignal)
  }

  /** Ends it: SIGTERM, and SIGKILL when that has not helped. */
  stop(): void {
    this.#endPause()
    this.#attempt?.stop('aborted')
  }

  /** Ends it by SIGKILL. */
  kill(): void {
    this.#endPause()
    this.#attempt?.kill()
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

  async #read(attempt: Attempt): Promise<Result> {
    const { done: hasEnded, value: event } = await attempt.next()
    if (this.#isOver) return done
    if (hasEnded !== true) return event.type === 'exit' ? this.#exit(event, attempt) : this.#event(event)
    this.#attempt = undefined
    return this.next()
  }

  /** What comes of the end is decided before it is told. */
  async #exit(event: RunEvent & { type: 'exit' }, attempt: Attempt): Promise<Result> {
    const { number, command, settings, plan } = this.#parts
    const end = await attempt.end()
    this.#code = end.code
    // It will not read its input any better.
    const isFinal = event.reason === 'failed'
    const restartMs = isFinal || end.code === undefined ? undefined : plan.takeRestart(number, end.code)
    this.#pauseMs = restartMs
    const count = `${plan.restartsOf(number)} of ${plan.restarts}`
    const restart = restartMs === undefined ? undefined : { pauseMs: restartMs, count }
    this.#notices.push(...endNotices(end, { command, settings, restart }))
    return this.#event(restartMs === undefined ? event : { ...event, restartMs })
  }

  #event(event: ShownEvent): Result {
    const { number, command } = this.#parts
    const { name } = command
    return {
      done: false,
      value: { kind: 'event', command: number, event: name === undefined ? event : { name, ...event } },
    }
  }

  /** It could not be started, or read what it was to read: a further attempt would do no better. */
  #fail(error: unknown): Promise<Result> {
    const { command, settings } = this.#parts
    const hasStarted = !(error instanceof SpawnError)
    if (hasStarted && settings.input === undefined) throw error
    this.#pauseMs = undefined
    this.#attempt = undefined
    this.#code = hasStarted ? ownFailure : startFailureCode(error, command.cwd)
    const { name } = command
    const why = hasStarted
      ? `Cannot read the input '${settings.input ?? ''}': ${errorText(error)}`
      : this.#startFailure(error)
    this.#notices.push(name === undefined ? why : `${name}: ${why}`)
    return this.next()
  }

  #startFailure(error: SpawnError): string {
    const { command, settings } = this.#parts
    const why = settings.pty === undefined ? error.message : relayFailure(error, settings.pty, command.file)
    const isOneText = error.code === 'ENOENT' && /\s/.test(command.file)
    return isOneText ? `${why}; give its words apart, or a line of shell to sh -c` : why
  }

  #over(): Result {
    if (this.#isOver) return done
    this.#isOver = true
    return { done: false, value: { kind: 'over', command: this.#parts.number, code: this.#code } }
  }

  /** Waits where it is to wait, and says whether to start it then. */
  async #mayStart(): Promise<boolean> {
    const pauseMs = this.#pauseMs
    if (pauseMs === undefined || this.#parts.plan.isClosed) return false
    if (pauseMs > 0) await this.#pause(pauseMs)
    return !this.#isOver && !this.#parts.plan.isClosed
  }

  #pause(pauseMs: number): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs)
      this.#endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
