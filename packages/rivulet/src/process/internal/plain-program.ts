import type { ChildProcess } from 'node:child_process'
import type { SpawnError } from '../errors.ts'
import type { RunOptions } from '../run-options.ts'
import type { Intake } from './intake.ts'
import type { ProcessTree } from './platform/platform.ts'
import { thisPlatform } from './platform/this-platform.ts'
import type { Program, ProgramEnd, ProgramObserver } from './program.ts'
import { PullReader } from './pull-reader.ts'
import { guardError, spawnError } from './spawn-error.ts'
import { startProgram } from './start-program.ts'
import { stopTree } from './stop-tree.ts'
import type { StreamName } from './stream-name.ts'

const { guard } = thisPlatform

/** What a program is made of. */
export interface ProgramParts<T> {
  command: readonly string[]
  options: RunOptions
  /** The stream that is not read but goes where ours goes. */
  inherited: StreamName | undefined
  intake: Intake<T>
  observer: ProgramObserver
}

/** A program that Node starts, each stream of which is read by itself. The guard ends its group if we are killed. */
export class PlainProgram<T> implements Program<T> {
  readonly order = 'arrival'
  readonly sources: readonly [PullReader<T>, PullReader<T>]
  readonly gone: Promise<void>
  pid: number | undefined
  readonly #parts: ProgramParts<T>
  #resolveGone!: () => void
  #child: ChildProcess | undefined
  #tree: ProcessTree | undefined
  #isReleased = false

  constructor(parts: ProgramParts<T>) {
    this.#parts = parts
    this.gone = new Promise((resolve) => (this.#resolveGone = resolve))
    const ended = (): void => parts.observer.streamEnded()
    this.sources = [new PullReader('stdout', parts.intake, ended), new PullReader('stderr', parts.intake, ended)]
  }

  get end(): ProgramEnd {
    const { exitCode = null, signalCode = null } = this.#child ?? {}
    return { code: exitCode, signalCode, hasDumpedCore: false, strays: 0 }
  }

  start(): void {
    const { command, options, inherited, observer } = this.#parts
    const refused = guard.open()
    if (refused !== undefined) {
      void refused.then((error) => observer.refused(guardError(command, error)))
      return
    }
    guard.starting(command)
    try {
      this.#attach(startProgram(command, options, inherited))
    } catch (error) {
      guard.notStarted()
      observer.refused(error as SpawnError)
    }
  }

  signal(killSignal: NodeJS.Signals): boolean {
    return this.#tree?.signal(killSignal) === true
  }

  drop(): void {
    for (const reader of this.sources) void reader.return()
  }

  cut(): void {
    for (const reader of this.sources) reader.cut()
  }

  async stop(): Promise<void> {
    if (this.#tree !== undefined) await stopTree(this.#tree, this.#parts.options.killAfterMs ?? 5000, this.gone)
  }

  release(): void {
    this.#isReleased = true
    this.#child?.stdin?.destroy()
    if (this.pid === undefined) return
    // One that we may not kill must not keep us from ending. Deno throws for one that was not started.
    this.#child?.unref()
    guard.over(this.pid)
  }

  #attach(child: ChildProcess): void {
    this.#child = child
    // First: Bun gives what was printed already while it is attached, and that may stop the run.
    if (child.pid === undefined) this.#awaitRefusal(child)
    else this.#watch(child, child.pid)
    // Where too many files are open there are none, against their types; a stream that is inherited is none to read.
    const [stdout, stderr] = this.sources
    if (child.stdout) stdout.attach(child.stdout)
    else stdout.cut()
    if (child.stderr) stderr.attach(child.stderr)
    else stderr.cut()
    if (child.pid !== undefined) this.#parts.observer.started(child.stdin)
  }

  #awaitRefusal(child: ChildProcess): void {
    const { command, options, observer } = this.#parts
    guard.notStarted()
    child.on('error', (error) => observer.refused(spawnError(command, options.cwd, error)))
  }

  #watch(child: ChildProcess, pid: number): void {
    this.pid = pid
    const tree = thisPlatform.tree(pid)
    this.#tree = tree
    guard.started(pid)
    child.on('exit', () => this.#onExit(pid, tree))
    // A signal that cannot be sent is told by what `kill` gives.
    child.on('error', () => undefined)
  }

  #onExit(pid: number, tree: ProcessTree): void {
    tree.leaderReaped()
    // Most often both streams end in this turn and the run is over with it, so that nobody has to be looked for.
    setImmediate(() => {
      if (this.#isReleased) return
      // What is gone needs no guarding, and its id may soon be somebody else's.
      if (tree.isEmpty()) guard.over(pid)
      else guard.reaped(pid)
    })
    this.#resolveGone()
    this.#parts.observer.exited()
  }
}
