import type { ClosableIterator } from 'rivulet'
import { run, type EndReason, type Run, type RunEvent } from 'rivulet/process'
import { exitCode, timedOut } from '../exit-code.ts'
import type { CommandRequest, RunRequest } from '../run-request.ts'
import { openInput } from './input.ts'
import { relayed, type Pty } from './relayed.ts'

/** Milliseconds from SIGTERM to SIGKILL, where nothing else is asked for. */
export const defaultKillAfterMs = 5000

/** Milliseconds from SIGKILL until what still holds the pipes, which then is outside the program's group, is let go. */
const lettingGoMs = 1000

type Settings = 'order' | 'contain' | 'timeoutMs' | 'killAfterMs' | 'input' | 'format'

/** What holds for every attempt of every command. */
export interface AttemptSettings extends Pick<RunRequest, Settings> {
  pty: Pty | undefined
}

/** How an attempt ended. */
export interface AttemptEnd {
  /** Undefined where the program was not run. */
  code: number | undefined
  hasTimedOut: boolean
  /** Whether all that was printed has been read; else something that it left in the background goes on with it. */
  isDrained: boolean
}

/**
 * One run of one command. What ends it here is signalled as a terminal would do it and read on meanwhile, so that the last
 * words of a program are seen; the library's own stopping drops them.
 */
export class Attempt {
  readonly #child: Run
  readonly #events: ClosableIterator<RunEvent>
  readonly #command: CommandRequest
  readonly #settings: AttemptSettings
  /** Why we ended it. */
  #cause: 'timeout' | 'aborted' | undefined
  /** Whether somebody of its group was there to be killed by us. */
  #isKilled = false
  #timer: NodeJS.Timeout | undefined
  #letGoTimer: NodeJS.Timeout | undefined
  /** The event that was given last. */
  #last: RunEvent | undefined
  #isAsked = false
  #isLeft = false

  constructor(command: CommandRequest, settings: AttemptSettings) {
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
    this.#events = this.#child.events()
    this.#command = command
    this.#settings = settings
  }

  /** Resolves when it is over. */
  async end(): Promise<AttemptEnd> {
    const status = await this.#child.status
    const hasTimedOut = this.#cause === 'timeout'
    // What was left before its start was seen may have been run all the same, and nobody knows of it.
    const isRun = status.startedAt !== null && !(this.#isLeft && this.#last === undefined)
    const code = hasTimedOut ? timedOut : exitCode(status)
    return { code: isRun ? code : undefined, hasTimedOut, isDrained: status.drained && !this.#isLeft }
  }

  async next(): Promise<IteratorResult<RunEvent, undefined>> {
    this.#isAsked = true
    try {
      const result = await this.#events.next()
      if (result.done !== true) return { done: false, value: this.#seen(result.value) }
      this.#stopTimers()
      // Of what was let go the library tells no end.
      if (this.#last === undefined || this.#last.type === 'exit') return result
      return { done: false, value: this.#seen(await this.#exitAfter(this.#last)) }
    } finally {
      this.#isAsked = false
    }
  }

  /** Hands on a signal that asks to end; a program that has not started is not started. */
  forward(killSignal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) this.#leave()
    else this.#signal(killSignal)
  }

  /** Hands on a signal that ends nothing, if there is somebody to have it. */
  pass(killSignal: NodeJS.Signals): void {
    if (this.#child.pid !== undefined) this.#child.kill(killSignal)
  }

  /** Ends it: SIGTERM, and SIGKILL when that has not helped. */
  stop(cause: 'timeout' | 'aborted'): void {
    if (this.#child.pid === undefined) {
      this.#leave()
      return
    }
    if (this.#cause !== undefined) return
    if (!this.#signal('SIGTERM')) {
      this.#letGoSoon()
      return
    }
    this.#cause = cause
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.kill(), this.#settings.killAfterMs ?? defaultKillAfterMs)
  }

  /** Ends it by SIGKILL. What is outside its group and holds the pipes is not read much longer. */
  kill(): void {
    if (this.#child.pid === undefined) {
      this.#leave()
      return
    }
    if (this.#child.kill('SIGKILL')) this.#isKilled = true
    this.#letGoSoon()
  }

  /** Ends it at once, and what it prints is dropped. Resolves when nothing of it is left. */
  async return(): Promise<void> {
    this.#isLeft = true
    this.#stopTimers()
    await this.#events.return()
  }

  #leave(): void {
    // How it ends is told to whoever reads it.
    this.return().catch(() => undefined)
  }

  /** Who reads slowly is not to lose what was printed: while nobody asks for more it is not for the program to end. */
  #letGoSoon(): void {
    if (this.#letGoTimer !== undefined) return
    clearTimeout(this.#timer)
    this.#letGoTimer = setInterval(() => this.#isAsked && this.#leave(), lettingGoMs)
  }

  #stopTimers(): void {
    clearTimeout(this.#timer)
    clearInterval(this.#letGoTimer)
  }

  #signal(killSignal: NodeJS.Signals): boolean {
    const hasReached = this.#child.kill(killSignal)
    // A stopped process keeps a signal pending.
    if (hasReached) this.#child.kill('SIGCONT')
    return hasReached
  }

  async #exitAfter({ seq, t }: RunEvent): Promise<RunEvent> {
    const { code, signalCode: signal } = await this.#child.status
    const reason = this.#isKilled ? 'killed' : 'exited'
    return { seq: seq + 1, t: Math.max(t, Date.now()), type: 'exit', code, signal, reason }
  }

  #seen(event: RunEvent): RunEvent {
    this.#last = event
    const { file, args } = this.#command
    if (event.type === 'start') {
      this.#limitTime()
      // Of the relay that runs it nobody has to know.
      return this.#settings.pty === undefined ? event : { ...event, command: [file, ...args] }
    }
    if (event.type !== 'exit') return event
    this.#stopTimers()
    const isOurs = event.reason === 'exited' || event.reason === 'killed'
    const reason: EndReason = isOurs ? (this.#cause ?? event.reason) : event.reason
    return { ...event, reason }
  }

  #limitTime(): void {
    const { timeoutMs } = this.#settings
    if (timeoutMs === undefined || this.#cause !== undefined) return
    // Where the event loop was held up, it is seen only in the turn that begins now that the program has ended in time.
    this.#timer = setTimeout(() => setImmediate(() => this.stop('timeout')), timeoutMs)
  }
}
