import type { ClosableIterator } from 'rivulet'
import { run, type EndReason, type Run, type RunEvent } from 'rivulet/process'
import { exitCode, timedOut } from '../exit-code.ts'
import type { CommandRequest, RunRequest } from '../run-request.ts'
import { openInput } from './input.ts'
import { relayed, type Pty } from './relayed.ts'

/** Milliseconds from SIGTERM to SIGKILL, where nothing else is asked for. */
export const defaultKillAfterMs = 5000

/** What holds for every attempt of every command. */
export interface AttemptSettings extends Pick<RunRequest, 'order' | 'contain' | 'timeoutMs' | 'killAfterMs' | 'input'> {
  pty: Pty | undefined
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
  #timer: NodeJS.Timeout | undefined

  constructor(command: CommandRequest, settings: AttemptSettings) {
    const { pty, order, contain, killAfterMs, input } = settings
    const { cwd, env } = command
    const words: readonly [string, ...string[]] = [command.file, ...command.args]
    const [file, ...args] = pty === undefined ? words : relayed(pty, words)
    this.#child = run(file, args, {
      cwd,
      env: { ...process.env, ...env },
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

  /** Undefined where the program was not run. Resolves when it is over. */
  get code(): Promise<number | undefined> {
    return this.#child.status.then((status) => {
      if (status.startedAt === null) return undefined
      return this.#cause === 'timeout' ? timedOut : exitCode(status)
    })
  }

  async next(): Promise<IteratorResult<RunEvent, undefined>> {
    const result = await this.#events.next()
    if (result.done === true) clearTimeout(this.#timer)
    else result.value = this.#seen(result.value)
    return result
  }

  /** Hands on a signal; a program that has not started is not started. */
  forward(killSignal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) void this.return()
    else this.#child.kill(killSignal)
  }

  /** Ends it: SIGTERM, and SIGKILL when that has not helped. */
  stop(cause: 'timeout' | 'aborted'): void {
    if (this.#child.pid === undefined) {
      void this.return()
      return
    }
    if (this.#cause !== undefined || !this.#child.kill('SIGTERM')) return
    this.#cause = cause
    // A stopped process keeps SIGTERM pending.
    this.#child.kill('SIGCONT')
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#child.kill('SIGKILL'), this.#settings.killAfterMs ?? defaultKillAfterMs)
  }

  /** Ends it at once, and what it prints is dropped. Resolves when nothing of it is left. */
  async return(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#events.return()
  }

  #seen(event: RunEvent): RunEvent {
    const { file, args } = this.#command
    if (event.type === 'start') {
      this.#limitTime()
      // Of the relay that runs it nobody has to know.
      return this.#settings.pty === undefined ? event : { ...event, command: [file, ...args] }
    }
    if (event.type !== 'exit') return event
    clearTimeout(this.#timer)
    const reason: EndReason = event.reason === 'exited' ? (this.#cause ?? 'exited') : event.reason
    return { ...event, reason }
  }

  #limitTime(): void {
    const { timeoutMs } = this.#settings
    if (timeoutMs === undefined || this.#cause !== undefined) return
    // Where the event loop was held up, it is seen only in the turn that begins now that the program has ended in time.
    this.#timer = setTimeout(() => setImmediate(() => this.stop('timeout')), timeoutMs)
  }
}
