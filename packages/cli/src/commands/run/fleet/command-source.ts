import { SpawnError, type RunEvent } from 'rivulet/process'
import type { CommandEvent } from '../../../command-event.ts'
import { ownFailure, startFailureCode } from '../../../exit-code.ts'
import { errorText } from '../../../text/error-text.ts'
import type { CommandRequest } from '../request.ts'
import { Attempt, type AttemptSettings } from './attempt.ts'
import { endNotices } from './end-notices.ts'
import type { FleetPlan } from './fleet-plan.ts'
import { relayFailure } from './relayed.ts'

/** What comes from the commands. */
export type FleetItem =
  | { kind: 'event'; command: number; event: CommandEvent }
  /** What to say on our stderr. */
  | { kind: 'notice'; text: string }
  /** A command is over, and is not started again. */
  | { kind: 'over'; command: number; code: number | undefined }

/** What a command is run with. */
interface CommandOptions {
  number: number
  command: CommandRequest
  settings: AttemptSettings
  plan: FleetPlan
}

type Result = IteratorResult<FleetItem, undefined>

const done: Result = { done: true, value: undefined }

/** One command, from its first start to the end of its last attempt: its events, what to say, and that it is over. */
export class CommandSource implements AsyncIterableIterator<FleetItem, undefined> {
  readonly #options: CommandOptions
  #attempt: Attempt | undefined
  /** Whether somebody waits for the next event of the attempt. */
  #isReading = false
  /** The event of the attempt that was read last. */
  #last: RunEvent | undefined
  /** What to say before anything else. */
  readonly #notices: string[] = []
  /** Milliseconds to wait before the next attempt; undefined if there is none. */
  #pauseMs: number | undefined = 0
  #skipPause: () => void = () => undefined
  /** The exit code of the last attempt. */
  #code: number | undefined
  /** Whether nothing more is given. */
  #isOver = false

  constructor(options: CommandOptions) {
    this.#options = options
  }

  /** The next item; asked for one at a time. */
  async next(): Promise<Result> {
    if (this.#isOver) return done
    const text = this.#notices.shift()
    if (text !== undefined) return { done: false, value: { kind: 'notice', text } }
    if (this.#attempt === undefined && !(await this.#mayStart())) return this.#over()
    const { command, settings } = this.#options
    this.#attempt ??= new Attempt(command, settings, () => this.#isReading)
    try {
      return await this.#read(this.#attempt)
    } catch (error) {
      return this.#fail(error)
    }
  }

  /** Forwards a signal that asks to end. A command that waits to be started again is not started. */
  interrupt(killSignal: NodeJS.Signals): void {
    this.#skipPause()
    this.#attempt?.interrupt(killSignal)
  }

  /** Sends a signal that ends nothing. */
  kill(killSignal: NodeJS.Signals): void {
    this.#attempt?.kill(killSignal)
  }

  /** Ends it: SIGTERM, and SIGKILL if that has not helped. */
  stop(): void {
    this.#skipPause()
    this.#attempt?.stop('aborted')
  }

  /** Ends it by SIGKILL. */
  stopNow(): void {
    this.#skipPause()
    this.#attempt?.stopNow()
  }

  /** Ends it, and resolves when nothing of it is left. */
  async return(): Promise<Result> {
    this.#isOver = true
    this.#skipPause()
    await this.#attempt?.return()
    return done
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #read(attempt: Attempt): Promise<Result> {
    const event = await this.#nextEvent(attempt)
    if (this.#isOver) return done
    if (event?.type === 'output') return this.#event(event)
    if (event?.type === 'start') return this.#event(attempt.started(event))
    if (event?.type === 'exit') return this.#exit(attempt.exited(event), attempt)
    this.#attempt = undefined
    return this.next()
  }

  async #nextEvent(attempt: Attempt): Promise<RunEvent | undefined> {
    const last = this.#last
    this.#isReading = true
    try {
      const { done: hasEnded, value: event } = await attempt.events.next()
      this.#last = event
      return hasEnded === true ? await attempt.missingExit(last) : event
    } finally {
      this.#isReading = false
    }
  }

  /** Decides what comes after the exit before it gives the exit. */
  async #exit(event: RunEvent & { type: 'exit' }, attempt: Attempt): Promise<Result> {
    const { number, command, settings, plan } = this.#options
    const outcome = await attempt.outcome()
    this.#code = outcome.code
    // It would not read its input any better.
    const isFinal = event.reason === 'failed'
    const restartMs = isFinal || outcome.code === undefined ? undefined : plan.takeRestart(number, outcome.code)
    this.#pauseMs = restartMs
    const count = `${plan.restartsOf(number)} of ${plan.restarts}`
    const restart = restartMs === undefined ? undefined : { pauseMs: restartMs, count }
    this.#notices.push(...endNotices(outcome, { command, settings, restart }))
    return this.#event(restartMs === undefined ? event : { ...event, restartMs })
  }

  #event(event: CommandEvent): Result {
    const { number, command } = this.#options
    const { name } = command
    return {
      done: false,
      value: { kind: 'event', command: number, event: name === undefined ? event : { name, ...event } },
    }
  }

  /** It could not be started, or its input could not be read: another attempt would do no better. */
  #fail(error: unknown): Promise<Result> {
    const { command, settings } = this.#options
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
    const { command, settings } = this.#options
    const why = settings.pty === undefined ? error.message : relayFailure(error, settings.pty, command.file)
    const isOneText = error.code === 'ENOENT' && /\s/.test(command.file)
    return isOneText ? `${why}; give its words separately, or a line of shell to sh -c` : why
  }

  #over(): Result {
    if (this.#isOver) return done
    this.#isOver = true
    return { done: false, value: { kind: 'over', command: this.#options.number, code: this.#code } }
  }

  /** Waits if it has to, and says whether to start it then. */
  async #mayStart(): Promise<boolean> {
    const pauseMs = this.#pauseMs
    if (pauseMs === undefined || this.#options.plan.isClosed) return false
    if (pauseMs > 0) await this.#pause(pauseMs)
    return !this.#isOver && !this.#options.plan.isClosed
  }

  #pause(pauseMs: number): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs)
      this.#skipPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
