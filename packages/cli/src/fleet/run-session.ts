import { withTaskGroup } from 'rivulet'
import { errorText } from '../error-text.ts'
import { ownFailure, exitCodeOfSignal } from '../exit-code.ts'
import { makePresenter } from '../present/make-presenter.ts'
import type { RunRequest } from '../run-request.ts'
import { keepStatus } from '../screen/keep-status.ts'
import { ptySize } from '../screen/pty-size.ts'
import { Screen } from '../screen/screen.ts'
import { Showing } from '../screen/showing.ts'
import { StatusLine } from '../screen/status-line.ts'
import { tell } from '../screen/tell.ts'
import type { ShownEvent } from '../shown-event.ts'
import type { EventSaver } from './event-saver.ts'
import { findPty } from './find-pty.ts'
import { Fleet } from './fleet.ts'
import type { FleetItem } from './fleet-item.ts'
import { handleSignals } from './handle-signals.ts'
import type { HeldOutput } from './held-output.ts'
import { closeInput, requireInput } from './input.ts'
import { refuseOverwriting } from './refuse-overwriting.ts'

/** What `rivulet run` does, from what can be refused beforehand to the exit code. */
export class RunSession {
  readonly #request: RunRequest
  readonly #fleet: Fleet
  readonly #screen: Screen
  readonly #showing: Showing
  readonly #status: StatusLine
  #saver: EventSaver | undefined
  #held: HeldOutput | undefined
  /** That of what went wrong with us, whatever the programs do. */
  #ownCode: number | undefined
  #isAbandoned = false

  private constructor(request: RunRequest) {
    const { commands, jobs, restarts, onFailure, success } = request
    const names = commands.flatMap(({ name }) => name ?? [])
    const screen = new Screen()
    const { isStdoutTerminal, isStderrTerminal, isShared } = screen
    const style = { ...request, isStdoutTerminal, isStderrTerminal, isShared, names, env: process.env }
    const pty = request.hasPty ? findPty(ptySize(style)) : undefined
    this.#request = request
    this.#screen = screen
    this.#showing = new Showing(makePresenter(style), screen, (failure) => this.#showingOver(failure))
    this.#status = new StatusLine(commands.length)
    this.#fleet = new Fleet({
      commands,
      settings: { ...request, pty },
      rules: { jobs, restarts, onFailure, success },
    })
  }

  /** Rejects, before anything is started, where what is asked for cannot be done. */
  static async open(request: RunRequest): Promise<RunSession> {
    const session = new RunSession(request)
    await session.#prepare()
    return session
  }

  /** The signal that was handed on first. */
  get interruptedBy(): NodeJS.Signals | undefined {
    return this.#fleet.interruptedBy
  }

  /** Whether nobody has waited for our reader to take the rest. */
  get isAbandoned(): boolean {
    return this.#isAbandoned
  }

  /** Runs all to its end, and gives the exit code. Never rejects. */
  async run(): Promise<number> {
    using _ = handleSignals({
      onEnd: (killSignal) => this.#fleet.interrupt(killSignal),
      onInsist: () => this.#kill(),
      onStop: () => this.#pause(),
      onContinue: () => this.#fleet.pass('SIGCONT'),
    })
    await this.#perform(() => this.#runAll())
    await this.#perform(() => this.#close())
    await this.#showing.end()
    return this.#exitCode
  }

  get #exitCode(): number {
    const { exitCode = ownFailure, interruptedBy = 'SIGINT' } = this.#fleet
    const code = this.#ownCode ?? exitCode
    // What was not shown for it is no success.
    return this.#isAbandoned && code === 0 ? exitCodeOfSignal(interruptedBy) : code
  }

  async #runAll(): Promise<void> {
    const { hasStatusLine } = this.#request
    await withTaskGroup(async (group) => {
      const canShow = this.#screen.canShowStatus && process.env.TERM !== 'dumb'
      if (hasStatusLine && canShow) void group.spawnBackground((signal) => this.#keepStatus(signal))
      for await (const item of this.#fleet) await this.#take(item)
    })
  }

  async #prepare(): Promise<void> {
    const { input, save, isGrouped } = this.#request
    await requireInput(input)
    await refuseOverwriting(this.#request)
    if (isGrouped) {
      const { HeldOutput } = await import('./held-output.ts')
      this.#held = await HeldOutput.open(this.#showing)
    }
    if (save !== undefined) {
      const { EventSaver } = await import('./event-saver.ts')
      this.#saver = await EventSaver.open(save, (why) => this.#saveFailed(why))
    }
  }

  async #take(item: FleetItem): Promise<void> {
    if (item.kind === 'notice') await this.#showing.say(item.text)
    else if (item.kind === 'over') await this.#held?.over(item.command)
    else await this.#takeEvent(item.command, item.event)
  }

  async #takeEvent(command: number, event: ShownEvent): Promise<void> {
    const saved = this.#saver?.save(event) ?? true
    const isSaved = saved === true || (await saved)
    if (!isSaved && !this.#request.isSaveBestEffort) return
    if (this.#screen.canShowStatus) this.#status.see(event)
    await (this.#held === undefined ? this.#showing.show(event) : this.#held.take(command, event))
  }

  #keepStatus(signal: AbortSignal): Promise<void> {
    return keepStatus({ screen: this.#screen, line: this.#status, running: () => this.#fleet.running }, signal)
  }

  /** The programs have been asked to end, and now nobody waits for anything. */
  #kill(): void {
    this.#isAbandoned = true
    this.#showing.abandon()
    this.#saver?.abandon()
    this.#fleet.kill()
  }

  #pause(): void {
    this.#screen.showStatus(undefined)
    // Groups without a terminal are not stopped by SIGTSTP.
    this.#fleet.pass('SIGSTOP')
  }

  #showingOver(failure: unknown): void {
    if (failure !== undefined) {
      tell(failure)
      this.#end(ownFailure)
    } else {
      // As any program that writes to a pipe which nobody reads. A terminal that hangs up has sent a signal before.
      if (this.interruptedBy === undefined) this.#ownCode ??= exitCodeOfSignal('SIGPIPE')
      this.#fleet.stop()
    }
  }

  #saveFailed(why: string): void {
    const { isSaveBestEffort } = this.#request
    void this.#showing.say(isSaveBestEffort ? `${why}; going on without` : why)
    if (!isSaveBestEffort) this.#end(ownFailure)
  }

  /** Ends the programs for a reason of ours; the first reason stays. */
  #end(code: number): void {
    this.#ownCode ??= code
    this.#fleet.stop()
  }

  /** What goes wrong in it is told, and is our failure. */
  async #perform(part: () => Promise<void>): Promise<void> {
    try {
      await part()
    } catch (error) {
      this.#ownCode ??= ownFailure
      await this.#showing.say(errorText(error))
    }
  }

  async #close(): Promise<void> {
    closeInput(this.#request.input)
    await this.#fleet.return()
    await this.#held?.[Symbol.asyncDispose]()
    await this.#saver?.close()
  }
}
