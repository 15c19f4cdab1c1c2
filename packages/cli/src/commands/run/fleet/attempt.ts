import type { ClosableIterator } from 'rivulet'
import { run, type EndReason, type Run, type RunEvent } from 'rivulet/process'
import { exitCode, timedOut } from '../../../exit-code.ts'
import { openInput } from '../input.ts'
import type { CommandRequest, RunRequest } from '../request.ts'
import { relayed, type Pty } from './relayed.ts'

/** Milliseconds from SIGTERM to SIGKILL by default. */
export const defaultKillAfterMs = 5000

/** Milliseconds from SIGKILL until the rest is discarded: whatever still holds the pipes is outside the program's group. */
const discardAfterMs = 1000

type Settings = 'order' | 'contain' | 'timeoutMs' | 'killAfterMs' | 'input' | 'format'

/** What applies to every attempt of every command. */
export interface AttemptSettings extends Pick<RunRequest, Settings> {
  pty: Pty | undefined
}

/** How an attempt ended. */
export interface AttemptOutcome {
  /** Undefined if the program was not run. */
  code: number | undefined
  hasTimedOut: boolean
  /** Whether all that was printed has been read; otherwise a background process that it left still has its output open. */
  isDrained: boolean
}

/**
 * One run of one command, and its end. To end it, signals are sent as a terminal would send them, and it is read on meanwhile,
 * so that the last words of a program are seen; the library's own stopping drops them.
 */
export class Attempt {
  /** To be read by whoever made it; `isRead` says whether they wait for the next just now. */
  readonly events: ClosableIterator<RunEvent>
  readonly #child: Run
  readonly #command: CommandRequest
  readonly #settings: AttemptSettings
  readonly #isRead: () => boolean
  /** Why we ended it. */
  #cause: 'timeout' | 'aborted' | undefined
  /** Whether SIGKILL reached a process of its group. */
  #isKilled = false
  #timer: NodeJS.Timeout | undefined
  #discardTimer: NodeJS.Timeout | undefined
  #hasStarted = false
  #hasReturned = false

  constructor(command: CommandRequest, settings: AttemptSettings, isRead: () => boolean) {
    const { pty, order, contain, killAfterMs, input } = settings
    const { cwd } = command
    const env = { ...process.env, ...command.env }
    const words: readonly [string, ...string[]] = [command.file, ...command.args]
    const [file, ...args] = pty === undefined ? words : relayed(pty, words, { cwd, env })
    this.#child = run(file, args, {
      cwd,
      env,
      input: openInput(input),
      order,
      contain,
      killAfterMs,
      check: false,
    })
    this.events = this.#child.events()
    this.#command = command
    this.#settings = settings
    this.#isRead = isRead
  }

  /** Begins the time limit. Gives the event as it is shown. */
  started(event: RunEvent & { type: 'start' }): RunEvent {
    this.#hasStarted = true
    this.#limitTime()
    const { file, args } = this.#command
    // Nobody has to know of the relay that runs it.
    return this.#settings.pty === undefined ? event : { ...event, command: [file, ...args] }
  }

  /** Gives the event with the reason that we had. */
  exited(event: RunEvent & { type: 'exit' }): RunEvent & { type: 'exit' } {
    this.#stopTimers()
    const isOurs = event.reason === 'exited' || event.reason === 'killed'
    const reason: EndReason = isOurs ? (this.#cause ?? event.reason) : event.reason
    return { ...event, reason }
  }

  /** The events are over. If the rest was discarded the library gave no exit, and this is the one that follows the last event. */
  async missingExit(last: RunEvent | undefined): Promise<RunEvent | undefined> {
    this.#stopTimers()
    if (last === undefined || last.type === 'exit') return undefined
    const { code, signalCode: signal } = await this.#child.status
    const reason = this.#isKilled ? 'killed' : 'exited'
    return { seq: last.seq + 1, t: Math.max(last.t, Date.now()), type: 'exit', code, signal, reason }
  }

  /** Resolves when it is over. */
  async outcome(): Promise<AttemptOutcome> {
    const status = await this.#child.status
    const hasTimedOut = this.#cause === 'timeout'
    // A program that was left before its start was seen may have been run all the same, and nobody knows of it.
    const isRun = status.startedAt !== null && !(this.#hasReturned && !this.#hasStarted)
    const code = hasTimedOut ? timedOut : exitCode(status)
    return { code: isRun ? code : undefined, hasTimedOut, isDrained: status.drained && !this.#hasReturned }
  }

  /** Forwards a signal that asks to end; a program that has not started is not started. */
  interrupt(killSignal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) this.#discard()
    else this.#signal(killSignal)
  }

  /** Sends a signal that ends nothing to a program that runs. */
  kill(killSignal: NodeJS.Signals): void {
    if (this.#child.pid !== undefined) this.#child.kill(killSignal)
  }

  /** Ends it: SIGTERM, and SIGKILL if that has not helped. */
  stop(cause: 'timeout' | 'aborted'): void {
    if (this.#child.pid === undefined) {
      this.#discard()
      return
    }
    if (this.#cause !== undefined) return
    if (!this.#signal('SIGTERM')) {
      this.#discardSoon()
      return
    }
    this.#cause = cause
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.stopNow(), this.#settings.killAfterMs ?? defaultKillAfterMs)
  }

  /** Ends it by SIGKILL. What holds the pipes outside its group is not read much longer. */
  stopNow(): void {
    if (this.#child.pid === undefined) {
      this.#discard()
      return
    }
    if (this.#child.kill('SIGKILL')) this.#isKilled = true
    this.#discardSoon()
  }

  /** Ends it at once, and drops what it prints. Resolves when nothing of it is left. */
  async return(): Promise<void> {
    this.#hasReturned = true
    this.#stopTimers()
    await this.events.return()
  }

  #discard(): void {
    // Whoever reads it hears how it ends.
    this.return().catch(() => undefined)
  }

  /** A slow reader must not lose what was printed: while it does not ask for more, the program is not what holds us up. */
  #discardSoon(): void {
    if (this.#discardTimer !== undefined) return
    clearTimeout(this.#timer)
    this.#discardTimer = setInterval(() => this.#isRead() && this.#discard(), discardAfterMs)
  }

  #stopTimers(): void {
    clearTimeout(this.#timer)
    clearInterval(this.#discardTimer)
  }

  #signal(killSignal: NodeJS.Signals): boolean {
    const hasReached = this.#child.kill(killSignal)
    // For a suspended process the signal stays pending.
    if (hasReached) this.#child.kill('SIGCONT')
    return hasReached
  }

  #limitTime(): void {
    const { timeoutMs } = this.#settings
    if (timeoutMs === undefined || this.#cause !== undefined) return
    // If the event loop was held up, only the turn that begins now shows whether the program has ended in time.
    this.#timer = setTimeout(() => setImmediate(() => this.stop('timeout')), timeoutMs)
  }
}
