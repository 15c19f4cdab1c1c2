import { mergeKeyed, type ClosableIterator } from '../../core/index.ts'
import { ExitError, SpawnError } from '../errors.ts'
import type { RunOptions } from '../run-options.ts'
import type { EndReason, RunStatus } from '../status.ts'
import { Execution } from './execution.ts'
import { Life } from './life.ts'
import { neverStarted } from './never-started.ts'
import type { PullReader } from './pull-reader.ts'

export type StreamName = 'stdout' | 'stderr'

/** A run from its making to its end: starts the program once, and ends it for the first cause that comes. */
export class Controls {
  readonly status: Promise<RunStatus>
  readonly command: readonly string[]
  readonly #options: RunOptions
  /** Aborted for every cause but the consumer's leaving, so that the merge closes and rejects in its own way. */
  readonly #ending = new AbortController()
  #execution: Execution | undefined
  #resolveStatus!: (status: RunStatus) => void
  #isStarted = false
  #timer: NodeJS.Timeout | undefined
  #verdict: { error: unknown } | 'timeout' | undefined

  constructor(command: readonly string[], options: RunOptions) {
    this.command = command
    this.#options = options
    this.status = new Promise((resolve) => (this.#resolveStatus = resolve))
  }

  get pid(): number | undefined {
    return this.#execution?.pid
  }

  get isStarted(): boolean {
    return this.#isStarted
  }

  get drain(): Execution['drain'] | undefined {
    return this.#execution?.drain
  }

  kill(killSignal: NodeJS.Signals): boolean {
    return this.#execution?.kill(killSignal) ?? false
  }

  /** Starts the program, and gives its streams as one, each read through `open`. */
  start<T>(open: (reader: PullReader) => AsyncIterable<T>): ClosableIterator<[StreamName, T]> {
    this.#isStarted = true
    const { signal, timeoutMs } = this.#options
    if (signal?.aborted === true) {
      this.#resolveStatus(neverStarted('aborted'))
      throw signal.reason as unknown
    }
    const execution = this.#spawn()
    signal?.addEventListener('abort', this.#onAbort)
    if (timeoutMs !== undefined) this.#timer = setTimeout(() => this.#end('timeout', 'timeout'), timeoutMs)
    void execution.over.then((status) => {
      clearTimeout(this.#timer)
      signal?.removeEventListener('abort', this.#onAbort)
      this.#resolveStatus(status)
    })
    return mergeKeyed(
      {
        // First, so that it is open, and can be closed, whatever becomes of the others.
        life: () => new Life(execution),
        stdout: () => open(execution.stdout),
        stderr: () => open(execution.stderr),
      },
      // The stopping has its own bound, SIGKILL; the merge has to wait for it.
      { signal: this.#ending.signal, cleanupTimeoutMs: 2_147_483_647 },
    ) as ClosableIterator<[StreamName, T]>
  }

  /** The run was disposed of before it began. */
  abandon(): void {
    this.#isStarted = true
    this.#resolveStatus(neverStarted('killed'))
  }

  /** What to do when all has been read: the program's own end decides. */
  async conclude(): Promise<IteratorResult<never, undefined>> {
    const status = await this.status
    // An end that somebody caused is told by the one who caused it.
    if (status.reason === 'exited') this.#check(status)
    return { done: true, value: undefined }
  }

  /** What to do when the merge rejected: the cause of the end decides. */
  async judge(error: unknown): Promise<IteratorResult<never, undefined>> {
    if (!Object.is(error, this.#ending.signal.reason) || this.#verdict === undefined) throw error
    if (this.#verdict !== 'timeout') throw this.#verdict.error
    this.#check(await this.status)
    return { done: true, value: undefined }
  }

  #spawn(): Execution {
    const wanted =
      this.#options.contain === true ? 'contain' : this.#options.order === 'exact' ? "order: 'exact'" : undefined
    try {
      if (wanted !== undefined) throw noSupervisor(this.command, wanted)
      this.#execution = new Execution(this.command, this.#options, (error) => this.#end('failed', { error }))
      return this.#execution
    } catch (error) {
      this.#resolveStatus(neverStarted('failed'))
      throw error instanceof SpawnError ? error : new SpawnError(this.command, 'UNKNOWN', String(error), error as Error)
    }
  }

  readonly #onAbort = (): void => {
    this.#end('aborted', { error: this.#options.signal?.reason })
  }

  #end(reason: EndReason, verdict: { error: unknown } | 'timeout'): void {
    if (this.#verdict !== undefined) return
    this.#verdict = verdict
    void this.#execution?.stop(reason)
    this.#ending.abort()
  }

  #check(status: RunStatus): void {
    if (this.#options.check === false) return
    if (status.reason === 'exited' && status.code === 0) return
    throw new ExitError(this.command, status, this.#execution?.stderrTail ?? '')
  }
}

function noSupervisor(command: readonly string[], option: string): SpawnError {
  const why = `${option} needs the supervisor, which this version does not have; leave it out, or use order: 'auto'`
  return new SpawnError(command, 'ERR_NO_SUPERVISOR', why, new Error('There is no supervisor'))
}
