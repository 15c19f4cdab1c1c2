import type { ChildProcess } from 'node:child_process'
import { SpawnError } from '../errors.ts'
import type { RunOptions } from '../run-options.ts'
import type { EndReason, RunStatus } from '../status.ts'
import { Drain } from './drain.ts'
import { feedInput } from './feed-input.ts'
import { neverStarted } from './never-started.ts'
import type { OutputLimit } from './output-limit.ts'
import { startPacer } from './pacer.ts'
import type { ProcessTree } from './platform/platform.ts'
import { thisPlatform } from './platform/this-platform.ts'
import { Progress } from './progress.ts'
import { PullReader } from './pull-reader.ts'
import { guardError, spawnError } from './spawn-error.ts'
import { startProgram } from './start-program.ts'
import { stopTree } from './stop-tree.ts'
import type { StreamName } from './stream-name.ts'
import { Tail } from './tail.ts'

const { guard } = thisPlatform

/** What a run is made of, beside its command. */
export interface Outfit {
  options: RunOptions
  limit: OutputLimit
  /** The stream that is not read but goes where ours goes. */
  inherited: StreamName | undefined
  onInputError: (error: unknown) => void
}

/** One program from its start, which may have to wait its turn, until nothing of it is left. */
export class Execution {
  readonly stdout: PullReader
  readonly stderr: PullReader
  readonly drain: Drain
  /** The end of stderr, whatever becomes of the rest. */
  readonly stderrTail: Tail = new Tail()
  /** Resolves when the program was started, or will not be. Never rejects. */
  readonly begun: Promise<void>
  /** Resolves when the program has ended by itself and both streams are read, or when it has been stopped. Never rejects. */
  readonly over: Promise<RunStatus>
  /** Why it was not started. */
  startError: SpawnError | undefined
  pid: number | undefined
  readonly #command: readonly string[]
  readonly #outfit: Outfit
  readonly #progress = new Progress()
  readonly #startedAt = Date.now()
  readonly #startedMs = performance.now()
  readonly #withdraw: () => void
  #resolveBegun!: () => void
  #resolveOver!: (status: RunStatus) => void
  #resolveExited!: () => void
  readonly #exited = new Promise<void>((resolve) => (this.#resolveExited = resolve))
  #stopInput: () => void = () => undefined
  #child: ChildProcess | undefined
  #tree: ProcessTree | undefined

  constructor(command: readonly string[], outfit: Outfit) {
    this.#command = command
    this.#outfit = outfit
    this.begun = new Promise((resolve) => (this.#resolveBegun = resolve))
    this.over = new Promise((resolve) => (this.#resolveOver = resolve))
    this.drain = new Drain(outfit.options.drainMs ?? 1000, () => this.#cut())
    this.stdout = this.#reader((chunk) => this.#read(chunk))
    this.stderr = this.#reader((chunk) => {
      this.stderrTail.push(chunk)
      return this.#read(chunk)
    })
    this.#withdraw = startPacer.enter(() => this.#start())
  }

  /** Whether something ends it, or it ended by itself. */
  get isEnding(): boolean {
    return this.#progress.reason !== undefined
  }

  kill(killSignal: NodeJS.Signals): boolean {
    return !this.#progress.isOver && this.#tree?.signal(killSignal) === true
  }

  /** Ends the program and all that belongs to it, and resolves when nobody of it lives. The first reason stays. */
  stop(reason: EndReason): Promise<RunStatus> {
    if (this.#progress.end(reason)) this.#stopTree()
    return this.over
  }

  #reader(read: (chunk: Uint8Array) => number): PullReader {
    const ended = (): void => {
      if (this.#progress.streamEnded()) this.#settle()
    }
    return new PullReader({ read, ended })
  }

  #start(): void {
    const refused = guard.open()
    if (refused !== undefined) {
      void refused.then((error) => this.#fail(guardError(this.#command, error)))
      return
    }
    const { options, inherited } = this.#outfit
    guard.starting(this.#command)
    try {
      this.#attach(startProgram(this.#command, options, inherited))
    } catch (error) {
      guard.notStarted()
      this.#fail(error as SpawnError)
    }
  }

  #attach(child: ChildProcess): void {
    const { options, onInputError } = this.#outfit
    this.#child = child
    // First: Bun gives what was printed already while it is attached, and that may stop the run.
    if (child.pid === undefined) this.#awaitRefusal(child)
    else this.#watch(child, child.pid)
    // Where too many files are open there are none, against their types; a stream that is inherited is none to read.
    const { stdin, stdout, stderr } = child
    if (stdout) this.stdout.attach(stdout)
    else this.stdout.cut()
    if (stderr) this.stderr.attach(stderr)
    else this.stderr.cut()
    if (child.pid === undefined) return
    if (options.input !== undefined && stdin) this.#stopInput = feedInput(stdin, options.input, onInputError)
    this.#resolveBegun()
  }

  #awaitRefusal(child: ChildProcess): void {
    guard.notStarted()
    child.on('error', (error) => this.#fail(spawnError(this.#command, this.#outfit.options.cwd, error)))
  }

  #watch(child: ChildProcess, pid: number): void {
    this.pid = pid
    this.#tree = thisPlatform.tree(pid)
    guard.started(pid)
    child.on('exit', () => this.#onExit())
    // A signal that cannot be sent is told by what `kill` gives.
    child.on('error', () => undefined)
  }

  /** Gives how many of the bytes are handed on. */
  #read(chunk: Uint8Array): number {
    this.drain.byte()
    const allowed = this.#outfit.limit.take(chunk.length)
    if (allowed < chunk.length) void this.stop('limit')
    return allowed
  }

  #fail(error: SpawnError): void {
    if (this.#progress.isOver) return
    this.startError = error
    this.#progress.end('failed')
    this.#settle()
  }

  #onExit(): void {
    // What is gone needs no guarding, and its id may soon be somebody else's.
    const isGone = this.#tree?.leaderReaped() !== true
    if (isGone || this.#progress.isOver) guard.over(this.pid ?? 0)
    else guard.reaped(this.pid ?? 0)
    this.#resolveExited()
    this.drain.exited()
    if (this.#progress.exited()) this.#settle()
  }

  /** The pipes are held by something that outlives the program: it is let go, and stopped. */
  #cut(): void {
    if (!this.#progress.end('exited')) return
    this.#progress.isCut = true
    this.stdout.cut()
    this.stderr.cut()
    this.#stopTree()
  }

  #stopTree(): void {
    this.#withdraw()
    this.drain.stop()
    // Of the input no more is asked. The pipe stays open: at its end the program would take half an input for the whole.
    this.#stopInput()
    void this.stdout.return()
    void this.stderr.return()
    const settle = (): void => this.#settle()
    if (this.#tree === undefined) settle()
    // What keeps us from signalling must not keep the consumer waiting for ever.
    else stopTree(this.#tree, this.#outfit.options.killAfterMs ?? 5000, this.#exited).then(settle, settle)
  }

  #settle(): void {
    const { reason = 'exited', isCut } = this.#progress
    this.#progress.isOver = true
    this.drain.stop()
    this.stdout.cut()
    this.stderr.cut()
    this.#child?.stdin?.destroy()
    // One that we may not kill must not keep us from ending. Deno throws for one that was not started.
    if (this.pid !== undefined) this.#child?.unref()
    this.#resolveBegun()
    if (this.pid !== undefined) guard.over(this.pid)
    this.#resolveOver(this.pid === undefined ? neverStarted(reason) : this.#status(reason, isCut))
  }

  #status(reason: EndReason, isCut: boolean): RunStatus {
    return {
      code: this.#child?.exitCode ?? null,
      signalCode: this.#child?.signalCode ?? null,
      reason,
      startedAt: this.#startedAt,
      durationMs: performance.now() - this.#startedMs,
      drained: !isCut,
      order: 'arrival',
      strays: 0,
    }
  }
}
