import type { Writable } from 'node:stream'
import type { SpawnError } from '../errors.ts'
import { closeUnusedInput, feedInput } from '../program/input.ts'
import { ProgramOutput } from '../program/program-output.ts'
import type { Program, ProgramObserver } from '../program/program.ts'
import { neverStarted, type EndReason, type RunStatus } from '../status.ts'
import { Drain } from '../stopping/drain.ts'
import { Progress } from './progress.ts'
import type { RunSetup } from './run-setup.ts'

/** One program, from its start until nothing of it is left. */
export class RunningProgram<T> implements ProgramObserver {
  /** Resolves when the program has ended by itself and both streams are read, or when it has been stopped. Never rejects. */
  readonly over: Promise<RunStatus>
  /** Why it was not started. */
  startError: SpawnError | undefined
  readonly #setup: RunSetup<T>
  readonly #output: ProgramOutput<T>
  readonly #program: Program<T>
  readonly #progress = new Progress()
  #resolveOver!: (status: RunStatus) => void
  #closeInput: () => void = () => undefined
  #drain: Drain | undefined
  #isStarted = false
  /** It is to be stopped as soon as its start is complete. */
  #isStopDue = false

  constructor(setup: RunSetup<T>) {
    const { command, options, limit, reading, makeProgram } = setup
    this.#setup = setup
    this.over = new Promise((resolve) => (this.#resolveOver = resolve))
    this.#output = new ProgramOutput({ items: reading.items, limit, onLimit: () => void this.stop('limit') })
    this.#program = makeProgram({
      command,
      options,
      inherited: reading.inherited,
      output: this.#output,
      observer: this,
    })
  }

  get pid(): number | undefined {
    return this.#program.pid
  }

  get sources(): Program<T>['sources'] {
    return this.#program.sources
  }

  /** The last of what it wrote to stderr. */
  get stderrTail(): string {
    return this.#output.stderrTail.toString()
  }

  get hasDumpedCore(): boolean {
    return this.#program.end.hasDumpedCore
  }

  /** Whether something ends it, or it ended by itself. */
  get isEnding(): boolean {
    return this.#progress.reason !== undefined
  }

  start(): void {
    this.#program.start()
    this.#isStarted = true
    if (this.#isStopDue) this.#stopProgram()
  }

  kill(killSignal: NodeJS.Signals): boolean {
    return !this.#progress.isOver && this.#program.kill(killSignal)
  }

  /** Ends the program and all that belongs to it, and resolves when nothing of it lives. The first reason stays. */
  stop(reason: EndReason): Promise<RunStatus> {
    if (!this.#progress.decide(reason)) return this.over
    if (this.#isStarted) this.#stopProgram()
    // A subscriber of `diagnostics_channel` hears of the start before there is a program that could be stopped.
    else this.#isStopDue = true
    return this.over
  }

  started(stdin: Writable | null): void {
    const { options, onInputError, onStarted } = this.#setup
    const { input } = options
    // A program that is being ended already is given nothing, and nothing is asked of its input.
    if (this.isEnding) closeUnusedInput(input)
    else if (input !== undefined && stdin) this.#closeInput = feedInput(stdin, input, onInputError)
    onStarted()
  }

  refused(error: SpawnError): void {
    if (this.#progress.isOver) return
    if (this.#progress.decide('failed')) this.startError = error
    this.#settle()
  }

  exited(): void {
    if (this.#progress.exited()) this.#settleWhenGone()
    else if (!this.isEnding) this.#watchPipes()
  }

  streamEnded(): void {
    if (this.#progress.streamEnded()) this.#settleWhenGone()
  }

  lost(): void {
    if (this.#progress.decide('killed')) this.#settleWhenGone()
  }

  #watchPipes(): void {
    const { options, isAwaited, onDrain } = this.#setup
    this.#drain = new Drain(options.drainMs ?? 1000, isAwaited, this.#onSilence)
    this.#output.watchWith(this.#drain)
    onDrain(this.#drain)
  }

  /** Something that outlives the program holds its pipes, and says nothing: they are closed, and it is stopped. */
  readonly #onSilence = (): void => {
    if (!this.#progress.decide('exited')) return
    this.#progress.isDrained = false
    this.#program.close()
    this.#stopProgram()
  }

  #stopProgram(): void {
    this.#drain?.cancel()
    // No more of the input is asked for. The pipe stays open: its end would make half an input look like the whole.
    this.#closeInput()
    this.#program.discard()
    const settle = (): void => this.#settle()
    // A failure to signal must not keep the consumer waiting for ever.
    this.#program.stop().then(settle, settle)
  }

  #settleWhenGone(): void {
    void this.#program.gone.then(() => this.#settle())
  }

  #settle(): void {
    const { reason = 'exited' } = this.#progress
    this.#progress.isOver = true
    this.#drain?.cancel()
    this.#program.close()
    this.#program.dispose()
    this.#resolveOver(this.pid === undefined ? neverStarted(reason) : this.#status(reason))
  }

  #status(reason: EndReason): RunStatus {
    const { code, signalCode, strays } = this.#program.end
    const { startedAt, startedMs } = this.#setup
    return {
      code,
      signalCode,
      reason,
      startedAt,
      durationMs: performance.now() - startedMs,
      drained: this.#progress.isDrained,
      order: this.#program.order,
      strays,
    }
  }
}
