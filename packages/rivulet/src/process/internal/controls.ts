import { merge, type ClosableIterator, type Source } from '../../core/index.ts'
import { ExitError } from '../errors.ts'
import type { RunOptions } from '../run-options.ts'
import type { EndReason, RunStatus } from '../status.ts'
import { chooseProgram } from './choose-program.ts'
import { closeUnused } from './close-unused.ts'
import { Execution, type Reading } from './execution.ts'
import { Life } from './life.ts'
import { neverStarted } from './never-started.ts'
import { onAbort } from './on-abort.ts'
import { OutputLimit } from './output-limit.ts'
import type { StreamName } from './stream-name.ts'

/** Milliseconds that never pass. */
const never = 2_147_483_647

/** A run from its making to its end: starts the program once, and ends it for the first cause that comes. */
export class Controls {
  readonly status: Promise<RunStatus>
  readonly command: readonly string[]
  readonly limit: OutputLimit
  readonly #options: RunOptions
  /** Aborted for every cause but the consumer's leaving, so that the merge closes and rejects in its own way. */
  #ending: AbortController | undefined
  #execution: Execution<unknown> | undefined
  #resolveStatus!: (status: RunStatus) => void
  #isStarted = false
  #timer: NodeJS.Timeout | undefined
  #lastLook: NodeJS.Immediate | undefined
  #unlisten: () => void = () => undefined
  /** What the reading rejects with, or that it is the program's end. */
  #verdict: { error: unknown } | 'exit' | undefined

  constructor(command: readonly string[], options: RunOptions) {
    this.command = command
    this.#options = options
    this.limit = new OutputLimit(options.maxOutputBytes)
    this.status = new Promise((resolve) => (this.#resolveStatus = resolve))
    void this.status.then(({ startedAt }) => {
      if (startedAt === null) closeUnused(options.input)
    })
  }

  get pid(): number | undefined {
    return this.#execution?.pid
  }

  get isStarted(): boolean {
    return this.#isStarted
  }

  /** Whether something but its own end or its limit ended it, which acts at once. */
  get isStopped(): boolean {
    return this.#verdict !== undefined
  }

  get drain(): Execution<unknown>['drain'] | undefined {
    return this.#execution?.drain
  }

  /** Resolves when the program has been started, or will not be. */
  get begun(): Promise<void> {
    return this.#execution?.begun ?? Promise.resolve()
  }

  kill(killSignal: NodeJS.Signals): boolean {
    return this.#execution?.kill(killSignal) ?? false
  }

  /** Starts the program, and gives its streams as one. */
  start<T>(reading: Reading<T>): ClosableIterator<[StreamName, T]> {
    this.#isStarted = true
    const { signal, timeoutMs } = this.#options
    if (signal?.aborted === true) {
      this.#resolveStatus(neverStarted('aborted'))
      throw signal.reason as unknown
    }
    const execution = new Execution(this.command, {
      options: this.#options,
      limit: this.limit,
      reading,
      makeProgram: this.#chooseProgram(),
      onInputError: (error) => this.#end('failed', { error }),
    })
    this.#execution = execution
    this.#ending = new AbortController()
    if (signal !== undefined) this.#unlisten = onAbort(signal, this.#onAbort)
    if (timeoutMs !== undefined) this.#timer = setTimeout(this.#onTime, timeoutMs)
    void execution.over.then((status) => {
      clearTimeout(this.#timer)
      clearImmediate(this.#lastLook)
      this.#resolveStatus(status)
    })
    const sources: Source<[StreamName, T]>[] = [...execution.sources]
    // Life first, so that it is open, and can be closed, whatever becomes of the others; and a function, so that it is awaited.
    sources.unshift(() => new Life(execution))
    return merge(
      sources,
      // The stopping has its own bound, SIGKILL; the merge has to wait for it.
      { signal: this.#ending.signal, cleanupTimeoutMs: never },
    )
  }

  /** Nobody reads any more: an abort would have nobody to reject. */
  leave(): void {
    this.#unlisten()
  }

  /** The run was disposed of before it began. */
  abandon(): void {
    this.#isStarted = true
    this.#resolveStatus(neverStarted('killed'))
  }

  /** What to do when all has been read: the program's own end decides, or the limit that ended it. */
  async conclude(): Promise<IteratorResult<never, undefined>> {
    const status = await this.status
    // An end that somebody else caused is told by the one who caused it; who is told here was not the one to leave.
    if (['exited', 'limit', 'killed'].includes(status.reason)) this.#check(status)
    return { done: true, value: undefined }
  }

  /** What to do when the merge rejected: the cause of the end decides. */
  async judge(error: unknown): Promise<IteratorResult<never, undefined>> {
    if (!Object.is(error, this.#ending?.signal.reason) || this.#verdict === undefined) throw error
    if (this.#verdict !== 'exit') throw this.#verdict.error
    this.#check(await this.status)
    return { done: true, value: undefined }
  }

  #chooseProgram(): ReturnType<typeof chooseProgram> {
    try {
      return chooseProgram(this.command, this.#options)
    } catch (error) {
      this.#resolveStatus(neverStarted('failed'))
      throw error
    }
  }

  readonly #onAbort = (): void => {
    this.#end('aborted', { error: this.#options.signal?.reason })
  }

  /** Where the event loop was held up, it is seen only in the turn that begins now that the program has ended in time. */
  readonly #onTime = (): void => {
    this.#lastLook = setImmediate(() => {
      if (this.#execution?.isEnding !== true) this.#end('timeout', 'exit')
    })
  }

  #end(reason: EndReason, verdict: { error: unknown } | 'exit'): void {
    if (this.#verdict !== undefined) return
    this.#verdict = verdict
    void this.#execution?.stop(reason)
    this.#ending?.abort()
  }

  #check(status: RunStatus): void {
    if (this.#options.check === false) return
    if (status.reason === 'exited' && status.code === 0) return
    throw new ExitError(this.command, status, this.#execution?.stderrTail ?? '', this.#execution?.hasDumpedCore)
  }
}
