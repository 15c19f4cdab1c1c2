import { withTaskGroup } from 'rivulet'
import type { CommandEvent } from '../../command-event.ts'
import { exitCodeOfSignal, ownFailure } from '../../exit-code.ts'
import { makePresenter } from '../../present/make-presenter.ts'
import { Display } from '../../screen/display.ts'
import { reportError } from '../../screen/report-error.ts'
import { Screen } from '../../screen/screen.ts'
import { errorText } from '../../text/error-text.ts'
import type { EventSaver } from './event-saver.ts'
import type { FleetItem } from './fleet/command-source.ts'
import { findPty } from './fleet/find-pty.ts'
import { Fleet } from './fleet/fleet.ts'
import type { GroupedOutput } from './group/grouped-output.ts'
import { handleSignals } from './handle-signals.ts'
import { closeInput, requireInput } from './input.ts'
import type { RunRequest } from './request.ts'
import { keepStatus } from './status/keep-status.ts'
import { StatusLine } from './status/status-line.ts'

/** What `rivulet run` does, from what can be refused beforehand to the exit code. */
export class RunSession {
  readonly #request: RunRequest
  readonly #fleet: Fleet
  readonly #screen: Screen
  readonly #display: Display
  readonly #status: StatusLine
  #saver: EventSaver | undefined
  #groups: GroupedOutput | undefined
  /** The exit code for what went wrong on our side, whatever the programs do. */
  #ownCode: number | undefined
  #hasDiscarded = false

  private constructor(request: RunRequest) {
    const { commands, jobs, restarts, onFailure, success } = request
    const names = commands.flatMap(({ name }) => name ?? [])
    const screen = new Screen()
    const { isStdoutTerminal, isStderrTerminal, isShared } = screen
    const style = { ...request, isStdoutTerminal, isStderrTerminal, isShared, names, env: process.env }
    this.#request = request
    this.#screen = screen
    this.#display = new Display(makePresenter(style), screen, (failure) => this.#displayOver(failure))
    this.#status = new StatusLine(commands.length)
    this.#fleet = new Fleet({
      commands,
      settings: { ...request, pty: request.hasPty ? findPty(style) : undefined },
      rules: { jobs, restarts, onFailure, success },
    })
  }

  /** Rejects, before anything is started, if what is asked for cannot be done. */
  static async open(request: RunRequest): Promise<RunSession> {
    const session = new RunSession(request)
    await session.#prepare()
    return session
  }

  /** The signal that was forwarded first. */
  get interruptedBy(): NodeJS.Signals | undefined {
    return this.#fleet.interruptedBy
  }

  /** Whether output was dropped that our reader has not taken. */
  get hasDiscarded(): boolean {
    return this.#hasDiscarded
  }

  /** Runs all commands to their end, and gives the exit code. Never rejects. */
  async run(): Promise<number> {
    using _ = handleSignals({
      onInterrupt: (killSignal) => this.#fleet.interrupt(killSignal),
      onInterruptAgain: () => this.#stopNow(),
      onSuspend: () => this.#suspend(),
      onResume: () => this.#fleet.kill('SIGCONT'),
    })
    await this.#attempt(() => this.#runAll())
    await this.#attempt(() => this.#close())
    await this.#display.close()
    return this.#exitCode
  }

  get #exitCode(): number {
    const { exitCode = ownFailure, interruptedBy = 'SIGINT' } = this.#fleet
    const code = this.#ownCode ?? exitCode
    // If output was dropped, it is no success.
    return this.#hasDiscarded && code === 0 ? exitCodeOfSignal(interruptedBy) : code
  }

  async #runAll(): Promise<void> {
    const { hasStatusLine } = this.#request
    await withTaskGroup(async (group) => {
      const canShow = this.#screen.canShowStatus && process.env.TERM !== 'dumb'
      if (hasStatusLine && canShow) void group.spawnBackground((signal) => this.#keepStatus(signal))
      for await (const [, item] of this.#fleet) await this.#take(item)
    })
  }

  async #prepare(): Promise<void> {
    const { input, save, isGrouped } = this.#request
    await requireInput(input)
    const saving = save === undefined ? undefined : { path: save, ...(await import('./event-saver.ts')) }
    await saving?.refuseOverwriting(this.#request)
    if (isGrouped) {
      const { GroupedOutput } = await import('./group/grouped-output.ts')
      this.#groups = await GroupedOutput.open(this.#display)
    }
    this.#saver = await saving?.EventSaver.open(saving.path, (why) => this.#saveFailed(why))
  }

  async #take(item: FleetItem): Promise<void> {
    if (item.kind === 'event') await this.#takeEvent(item.command, item.event)
    else if (item.kind === 'notice') await this.#display.note(item.text)
    else {
      this.#fleet.over(item)
      await this.#groups?.over(item.command)
    }
  }

  async #takeEvent(command: number, event: CommandEvent): Promise<void> {
    const saved = this.#saver?.save(event) ?? true
    const isSaved = saved === true || (await saved)
    if (!isSaved && !this.#request.isSaveBestEffort) return
    if (this.#screen.canShowStatus) this.#status.see(event)
    await (this.#groups === undefined ? this.#display.show(event) : this.#groups.take(command, event))
  }

  #keepStatus(signal: AbortSignal): Promise<void> {
    return keepStatus({ screen: this.#screen, line: this.#status, running: () => this.#fleet.running }, signal)
  }

  /** The programs have been asked to end before, and now nobody waits for anything. */
  #stopNow(): void {
    this.#hasDiscarded = true
    this.#display.discard()
    this.#saver?.discard()
    this.#fleet.stopNow()
  }

  #suspend(): void {
    this.#screen.showStatus(undefined)
    // SIGTSTP does not stop groups without a terminal.
    this.#fleet.kill('SIGSTOP')
  }

  #displayOver(failure: unknown): void {
    if (failure !== undefined) {
      reportError(failure)
      this.#stop(ownFailure)
    } else {
      // As any program that writes to a pipe which nobody reads. A terminal that hangs up has sent a signal before.
      if (this.interruptedBy === undefined) this.#ownCode ??= exitCodeOfSignal('SIGPIPE')
      this.#fleet.stop()
    }
  }

  #saveFailed(why: string): void {
    const { isSaveBestEffort } = this.#request
    void this.#display.note(isSaveBestEffort ? `${why}; going on without it` : why)
    if (!isSaveBestEffort) this.#stop(ownFailure)
  }

  /** Stops the programs for a reason of ours; the first reason counts. */
  #stop(code: number): void {
    this.#ownCode ??= code
    this.#fleet.stop()
  }

  /** Says what goes wrong in it, which is our failure. */
  async #attempt(part: () => Promise<void>): Promise<void> {
    try {
      await part()
    } catch (error) {
      this.#ownCode ??= ownFailure
      await this.#display.note(errorText(error))
    }
  }

  async #close(): Promise<void> {
    closeInput(this.#request.input)
    await this.#fleet.return()
    await this.#groups?.[Symbol.asyncDispose]()
    await this.#saver?.close()
  }
}
