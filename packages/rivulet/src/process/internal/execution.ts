import type { Writable } from 'node:stream'
import type { SpawnError } from '../errors.ts'
import type { RunOptions } from '../run-options.ts'
import type { EndReason, RunStatus } from '../status.ts'
import type { MakeProgram } from './choose-program.ts'
import { closeUnused } from './close-unused.ts'
import type { Drain } from './drain.ts'
import { feedInput } from './feed-input.ts'
import { Intake } from './intake.ts'
import type { ChunkItems } from './items/chunk-items.ts'
import { neverStarted } from './never-started.ts'
import type { OutputLimit } from './output-limit.ts'
import type { Program, ProgramObserver } from './program.ts'
import { Progress } from './progress.ts'
import type { StreamName } from './stream-name.ts'

/** How a view reads a run: what it makes of each stream, and which of them it leaves to our own. */
export interface Reading<T> {
  items: (name: StreamName) => ChunkItems<T>
  inherited?: StreamName | undefined
}

/** What a run is made of, beside its command. */
export interface Outfit<T> {
  options: RunOptions
  limit: OutputLimit
  /** Who asks is counted from the first asking, which may be before the start. */
  drain: Drain
  reading: Reading<T>
  makeProgram: MakeProgram
  /** When the run began, as `Date.now()` and as `performance.now()` tell it. */
  startedAt: number
  startedMs: number
  onStarted: () => void
  onInputError: (error: unknown) => void
}

/** One program from its start until nothing of it is left. */
export class Execution<T> implements ProgramObserver {
  /** Resolves when the program has ended by itself and both streams are read, or when it has been stopped. Never rejects. */
  readonly over: Promise<RunStatus>
  /** Why it was not started. */
  startError: SpawnError | undefined
  readonly #outfit: Outfit<T>
  readonly #intake: Intake<T>
  readonly #program: Program<T>
  readonly #progress = new Progress()
  #resolveOver!: (status: RunStatus) => void
  #stopInput: () => void = () => undefined

  constructor(command: readonly string[], outfit: Outfit<T>) {
    const { options, limit, drain, reading, makeProgram } = outfit
    this.#outfit = outfit
    this.over = new Promise((resolve) => (this.#resolveOver = resolve))
    this.#intake = new Intake(reading.items, limit, {
      byte: () => drain.byte(),
      overLimit: () => void this.stop('limit'),
    })
    this.#program = makeProgram({
      command,
      options,
      inherited: reading.inherited,
      intake: this.#intake,
      observer: this,
    })
    this.#program.start()
  }

  get pid(): number | undefined {
    return this.#program.pid
  }

  get sources(): Program<T>['sources'] {
    return this.#program.sources
  }

  /** The last of what it wrote to stderr. */
  get stderrTail(): string {
    return this.#intake.stderrTail.toString()
  }

  get hasDumpedCore(): boolean {
    return this.#program.end.hasDumpedCore
  }

  /** Whether something ends it, or it ended by itself. */
  get isEnding(): boolean {
    return this.#progress.reason !== undefined
  }

  kill(killSignal: NodeJS.Signals): boolean {
    return !this.#progress.isOver && this.#program.signal(killSignal)
  }

  /** Ends the program and all that belongs to it, and resolves when nobody of it lives. The first reason stays. */
  stop(reason: EndReason): Promise<RunStatus> {
    if (this.#progress.end(reason)) this.#stopProgram()
    return this.over
  }

  /** The pipes are held by something that outlives the program: it is let go, and stopped. */
  cut(): void {
    if (!this.#progress.end('exited')) return
    this.#progress.isCut = true
    this.#program.cut()
    this.#stopProgram()
  }

  started(stdin: Writable | null): void {
    const { options, onInputError, onStarted } = this.#outfit
    const { input } = options
    // What is being ended by now is given nothing, and nothing is asked of the input.
    if (this.isEnding) closeUnused(input)
    else if (input !== undefined && stdin) this.#stopInput = feedInput(stdin, input, onInputError)
    onStarted()
  }

  refused(error: SpawnError): void {
    if (this.#progress.isOver) return
    this.startError = error
    this.#progress.end('failed')
    this.#settle()
  }

  exited(): void {
    this.#outfit.drain.exited()
    if (this.#progress.exited()) this.#settleWhenGone()
  }

  streamEnded(): void {
    if (this.#progress.streamEnded()) this.#settleWhenGone()
  }

  lost(): void {
    if (this.#progress.end('killed')) this.#settleWhenGone()
  }

  #stopProgram(): void {
    this.#outfit.drain.stop()
    // Of the input no more is asked. The pipe stays open: at its end the program would take half an input for the whole.
    this.#stopInput()
    this.#program.drop()
    const settle = (): void => this.#settle()
    // What keeps us from signalling must not keep the consumer waiting for ever.
    this.#program.stop().then(settle, settle)
  }

  #settleWhenGone(): void {
    void this.#program.gone.then(() => this.#settle())
  }

  #settle(): void {
    const { reason = 'exited', isCut } = this.#progress
    this.#progress.isOver = true
    this.#outfit.drain.stop()
    this.#program.cut()
    this.#program.release()
    this.#resolveOver(this.pid === undefined ? neverStarted(reason) : this.#status(reason, isCut))
  }

  #status(reason: EndReason, isCut: boolean): RunStatus {
    const { code, signalCode, strays } = this.#program.end
    const { startedAt, startedMs } = this.#outfit
    return {
      code,
      signalCode,
      reason,
      startedAt,
      durationMs: performance.now() - startedMs,
      drained: !isCut,
      order: this.#program.order,
      strays,
    }
  }
}
