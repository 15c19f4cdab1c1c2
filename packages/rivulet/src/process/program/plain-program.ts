import type { ChildProcess } from 'node:child_process'
import type { SpawnError } from '../errors.ts'
import type { ProcessTree } from '../platform/platform.ts'
import { thisPlatform } from '../platform/this-platform.ts'
import { stopTree } from '../stopping/stop-tree.ts'
import { PipeReader } from './pipe-reader.ts'
import type { Program, ProgramEnd, ProgramParts } from './program.ts'
import { guardError, spawnError } from './spawn-error.ts'
import { startProgram } from './start-program.ts'

const { guard } = thisPlatform

/** A program that Node starts, each stream of which is read by itself. The guard ends its group if we are killed. */
export class PlainProgram<T> implements Program<T> {
  readonly order = 'arrival'
  readonly sources: readonly [PipeReader<T>, PipeReader<T>]
  readonly gone: Promise<void>
  pid: number | undefined
  readonly #parts: ProgramParts<T>
  #resolveGone!: () => void
  #child: ChildProcess | undefined
  #tree: ProcessTree | undefined
  #isDisposed = false

  constructor(parts: ProgramParts<T>) {
    this.#parts = parts
    this.gone = new Promise((resolve) => (this.#resolveGone = resolve))
    const onEnd = (): void => parts.observer.streamEnded()
    this.sources = [new PipeReader('stdout', parts.output, onEnd), new PipeReader('stderr', parts.output, onEnd)]
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

  kill(killSignal: NodeJS.Signals): boolean {
    return this.#tree?.signal(killSignal) === true
  }

  discard(): void {
    for (const reader of this.sources) void reader.return()
  }

  close(): void {
    for (const reader of this.sources) reader.close()
  }

  async stop(): Promise<void> {
    if (this.#tree !== undefined) await stopTree(this.#tree, this.#parts.options.killAfterMs ?? 5000, this.gone)
  }

  dispose(): void {
    this.#isDisposed = true
    this.#child?.stdin?.destroy()
    if (this.pid === undefined) return
    // A process that we may not kill must not keep ours from ending. Deno throws here for one that was not started.
    this.#child?.unref()
    guard.over(this.pid)
  }

  #attach(child: ChildProcess): void {
    this.#child = child
    // First, because Bun gives what was already printed while a reader is attached, and that may stop the run.
    if (child.pid === undefined) this.#awaitRefusal(child)
    else this.#watch(child, child.pid)
    // Against their types, streams are missing when too many files are open. A stream that is inherited is not ours to read.
    const [stdout, stderr] = this.sources
    if (child.stdout) stdout.attach(child.stdout)
    else stdout.close()
    if (child.stderr) stderr.attach(child.stderr)
    else stderr.close()
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
    // A signal that cannot be sent is reported by the result of `kill`.
    child.on('error', () => undefined)
  }

  #onExit(pid: number, tree: ProcessTree): void {
    tree.leaderReaped()
    // Most often both streams end in this turn too, and the run is over without looking for the rest of the group.
    setImmediate(() => {
      if (this.#isDisposed) return
      // An empty group needs no guarding, and its id may soon be somebody else's.
      if (tree.isEmpty()) guard.over(pid)
      else guard.reaped(pid)
    })
    this.#resolveGone()
    this.#parts.observer.exited()
  }
}
