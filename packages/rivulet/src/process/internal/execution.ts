import type { ChildProcess } from 'node:child_process'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { RunOptions } from '../run-options.ts'
import type { EndReason, RunStatus } from '../status.ts'
import { StopPlan } from '../stop.ts'
import { Drain } from './drain.ts'
import { feedInput } from './feed-input.ts'
import { Group } from './group.ts'
import { PullReader } from './pull-reader.ts'
import { spawnError, startProgram } from './start-program.ts'
import { Tail } from './tail.ts'

/** Bytes of stderr that an `ExitError` shows. */
const tailBytes = 65_536

/** One program from its start until nothing of it is left: its process, its readers, its end. */
export class Execution {
  readonly stdout: PullReader
  readonly stderr: PullReader
  readonly drain: Drain
  readonly pid: number | undefined
  /** Resolves when the program has ended by itself and both streams are read, or when it has been stopped. Never rejects. */
  readonly over: Promise<RunStatus>
  readonly #child: ChildProcess
  readonly #group: Group | undefined
  readonly #killAfterMs: number
  readonly #tail = new Tail(tailBytes)
  readonly #startedAt = Date.now()
  readonly #startedMs = performance.now()
  readonly #exited: Promise<void>
  #resolveOver!: (status: RunStatus) => void
  #hasExited = false
  #isOver = false
  #wasDrained = true
  #reason: EndReason | undefined
  /** Why it did not start, known only after `spawn` returned. */
  startError: Error | undefined

  constructor(command: readonly string[], options: RunOptions, onInputError: (error: unknown) => void) {
    const child = startProgram(command, options)
    this.#child = child
    this.#killAfterMs = options.killAfterMs ?? 5000
    this.pid = child.pid
    this.#group = child.pid === undefined ? undefined : new Group(child.pid)
    this.over = new Promise((resolve) => (this.#resolveOver = resolve))
    this.drain = new Drain(options.drainMs ?? 1000, () => this.#cut())
    const onByte = (): void => this.drain.byte()
    this.stdout = this.#reader(child.stdout, onByte)
    this.stderr = this.#reader(child.stderr, (chunk) => {
      this.#tail.push(chunk)
      onByte()
    })
    this.#exited = new Promise((resolve) => {
      child.on('error', (error) => {
        if (child.pid !== undefined) return
        this.startError = spawnError(command, options, error)
        this.#reason ??= 'failed'
        this.stdout.cut()
        this.stderr.cut()
        this.#onExit()
        resolve()
      })
      child.on('exit', () => {
        this.#onExit()
        resolve()
      })
    })
    // Where too many files are open there is none, against its type.
    const stdin = child.stdin as ChildProcess['stdin'] | undefined
    if (options.input !== undefined && stdin) feedInput(stdin, options.input, onInputError)
  }

  get stderrTail(): string {
    return this.#tail.toString()
  }

  kill(killSignal: NodeJS.Signals): boolean {
    return !this.#isOver && this.#group?.signal(killSignal) === true
  }

  /** Ends all of the group, and resolves when no process of it lives. The first reason stays. */
  stop(reason: EndReason): Promise<RunStatus> {
    if (this.#reason === undefined) {
      this.#reason = reason
      this.#stopGroup().then(() => this.#settle(), this.#settleAnyway)
    }
    return this.over
  }

  #reader(stream: ChildProcess['stdout'], onChunk: (chunk: Uint8Array) => void): PullReader {
    // Where too many files are open there is no stream at all; the start has failed then, and its error follows.
    return new PullReader(stream ?? Readable.from([]), onChunk, () => this.#endIfRead())
  }

  #onExit(): void {
    this.#hasExited = true
    if (this.#group !== undefined) this.#group.isLeaderReaped = true
    this.drain.exited()
    this.#endIfRead()
  }

  /** The natural end: the program has exited and both its streams are read. */
  #endIfRead(): void {
    if (!this.#hasExited || !this.stdout.isEnded || !this.stderr.isEnded) return
    if (this.#reason === undefined) this.#reason = 'exited'
    else if (this.#reason !== 'failed' || this.startError === undefined) return
    this.#settle()
  }

  /** The pipes are held by something that outlives the program: it is let go, and stopped. */
  #cut(): void {
    this.#wasDrained = false
    this.#reason ??= 'exited'
    this.stdout.cut()
    this.stderr.cut()
    this.#stopGroup().then(() => this.#settle(), this.#settleAnyway)
  }

  async #stopGroup(): Promise<void> {
    const group = this.#group
    this.drain.stop()
    this.#child.stdin?.destroy()
    void this.stdout.return()
    void this.stderr.return()
    if (group !== undefined) {
      const plan = new StopPlan(this.#killAfterMs)
      const startMs = performance.now()
      let wake: (() => void) | undefined
      void this.#exited.then(() => wake?.())
      while (group.isAlive()) {
        const elapsedMs = performance.now() - startMs
        for (const killSignal of plan.due(elapsedMs)) {
          // Who runs as another user cannot be killed by us, and is not waited for.
          if (!group.signal(killSignal) && killSignal === 'SIGKILL') return
        }
        const waited = new AbortController()
        wake = () => waited.abort()
        // It rejects when it is cut short by the exit, which is what was waited for.
        await pause(plan.pauseMs(elapsedMs), undefined, { signal: waited.signal }).catch(() => undefined)
      }
    }
    await this.#exited
  }

  /** What keeps us from signalling the group must not keep the consumer waiting for ever. */
  readonly #settleAnyway = (): void => {
    this.#settle()
  }

  #settle(): void {
    this.#isOver = true
    this.drain.stop()
    this.stdout.cut()
    this.stderr.cut()
    this.#child.stdin?.destroy()
    this.#resolveOver({
      code: this.startError === undefined ? this.#child.exitCode : null,
      signalCode: this.#child.signalCode,
      reason: this.#reason ?? 'exited',
      startedAt: this.startError === undefined ? this.#startedAt : null,
      durationMs: performance.now() - this.#startedMs,
      drained: this.#wasDrained,
      order: 'arrival',
      strays: 0,
    })
  }
}
