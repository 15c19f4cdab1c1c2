import type { Writable } from 'node:stream'
import type { SpawnError } from '../errors.ts'
import type { RunOptions } from '../run-options.ts'
import type { EndReason, RunStatus } from '../status.ts'
import { closeUnused } from './close-unused.ts'
import { Drain } from './drain.ts'
import { feedInput } from './feed-input.ts'
import { Intake } from './intake.ts'
import type { ChunkItems } from './items/chunk-items.ts'
import { neverStarted } from './never-started.ts'
import type { OutputLimit } from './output-limit.ts'
import { startPacer } from './pacer.ts'
import type { ProgramParts } from './plain-program.ts'
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
  reading: Reading<T>
  makeProgram: (parts: ProgramParts<T>) => Program<T>
  onInputError: (error: unknown) => void
}

/** One program from its start, which may have to wait its turn, until nothing of it is left. */
export class Execution<T> implements ProgramObserver {
  readonly drain: Drain
  /** Resolves when the program was started, or will not be. Never rejects. */
  readonly begun: Promise<void>
  /** Resolves when the program has ended by itself and both streams are read, or when it has been stopped. Never rejects. */
  readonly over: Promise<RunStatus>
  /** Why it was not started. */
  startError: SpawnError | undefined
  readonly #options: RunOptions
  readonly #onInputError: (error: unknown) => void
  readonly #intake: Intake<T>
  readonly #program: Program<T>
  readonly #progress = new Progress()
  readonly #startedAt = Date.now()
  readonly #startedMs = performance.now()
  readonly #withdraw: () => void
  #resolveBegun!: () => void
  #resolveOver!: (status: RunStatus) => void
  #stopInput: () => void = () => undefined

  constructor(command: readonly string[], outfit: Outfit<T>) {
    const { options, limit, reading, makeProgram, onInputError } = outfit
    this.#options = options
    this.#onInputError = onInputError
    this.begun = new Promise((resolve) => (this.#resolveBegun = resolve))
    this.over = new Promise((resolve) => (this.#resolveOver = resolve))
    this.drain = new Drain(options.drainMs ?? 1000, () => this.#cut())
    this.#intake = new Intake(reading.items, limit, {
      byte: () => this.drain.byte(),
      overLimit: () => void this.stop('limit'),
    })
    this.#program = makeProgram({
      command,
      options,
      inherited: reading.inherited,
      intake: this.#intake,
      observer: this,
    })
    this.#withdraw = startPacer.enter(() => this.#program.start())
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

  started(stdin: Writable | null): void {
    const { input } = this.#options
    // What is being ended by now is given nothing, and nothing is asked of the input.
    if (this.isEnding) closeUnused(input)
    else if (input !== undefined && stdin) this.#stopInput = feedInput(stdin, input, this.#onInputError)
    this.#resolveBegun()
  }

  refused(error: SpawnError): void {
    if (this.#progress.isOver) return
    this.startError = error
    this.#progress.end('failed')
    this.#settle()
  }

  exited(): void {
    this.drain.exited()
    if (this.#progress.exited()) this.#settleWhenGone()
  }

  streamEnded(): void {
    if (this.#progress.streamEnded()) this.#settleWhenGone()
  }

  lost(): void {
    if (this.#progress.end('killed')) this.#settleWhenGone()
  }

  /** The pipes are held by something that outlives the program: it is let go, and stopped. */
  #cut(): void {
    if (!this.#progress.end('exited')) return
    this.#progress.isCut = true
    this.#program.cut()
    this.#stopProgram()
  }

  #stopProgram(): void {
    this.#withdraw()
    this.drain.stop()
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
    this.drain.stop()
    this.#program.cut()
    this.#program.release()
    this.#resolveBegun()
    this.#resolveOver(this.pid === undefined ? neverStarted(reason) : this.#status(reason, isCut))
  }

  #status(reason: EndReason, isCut: boolean): RunStatus {
    const { code, signalCode, strays } = this.#program.end
    return {
      code,
      signalCode,
      reason,
      startedAt: this.#startedAt,
      durationMs: performance.now() - this.#startedMs,
      drained: !isCut,
      order: this.#program.order,
      strays,
    }
  }
}
