import { merge, type ClosableIterator, type Source } from '../../core/index.ts'
import { ExitError } from '../errors.ts'
import type { RunOptions } from '../run-options.ts'
import type { EndReason, RunStatus } from '../status.ts'
import { chooseProgram, type MakeProgram } from './choose-program.ts'
import { closeUnused } from './close-unused.ts'
import { Drain } from './drain.ts'
import { Execution, type Outfit, type Reading } from './execution.ts'
import { Life } from './life.ts'
import { neverStarted } from './never-started.ts'
import { onAbort } from './on-abort.ts'
import { OutputLimit } from './output-limit.ts'
import { Paced } from './paced.ts'
import { startPacer } from './pacer.ts'
import type { StreamName } from './stream-name.ts'

/** Milliseconds that never pass. */
const never = 2_147_483_647

/** What ended a run before its own end: what is thrown for it, or nothing where the status tells. */
interface Verdict {
  thrown?: { error: unknown }
}

/** A run from its making to its end: starts the program once, and ends it for the first cause that comes. */
export class Controls {
  readonly status: Promise<RunStatus>
  /** Resolves when the program has been started, or will not be. */
  readonly begun: Promise<void>
  readonly command: readonly string[]
  readonly limit: OutputLimit
  readonly drain: Drain
  readonly #options: RunOptions
  /** While it waits for its turn, and there is nothing else of it. */
  #paced: Paced<unknown> | undefined
  #withdraw: () => void = () => undefined
  #execution: Execution<unknown> | undefined
  /** Aborted for every cause but the consumer's leaving, so that the merge closes and rejects in its own way. */
  #ending: AbortController | undefined
  #resolveStatus!: (status: RunStatus) => void
  #resolveBegun!: () => void
  #isStarted = false
  #isGivenUp = false
  #timer: NodeJS.Timeout | undefined
  #lastLook: NodeJS.Immediate | undefined
  #unlisten: () => void = () => undefined
  #verdict: Verdict | undefined

  constructor(command: readonly string[], options: RunOptions) {
    this.command = command
    this.#options = options
    this.limit = new OutputLimit(options.maxOutputBytes)
    this.drain = new Drain(options.drainMs ?? 1000, () => this.#execution?.cut())
    this.status = new Promise((resolve) => (this.#resolveStatus = resolve))
    this.begun = new Promise((resolve) => (this.#resolveBegun = resolve))
    void this.status.then(({ startedAt }) => {
      this.#resolveBegun()
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

  kill(killSignal: NodeJS.Signals): boolean {
    return this.#execution?.kill(killSignal) ?? false
  }

  /** Begins the run, and gives the streams of its program as one. */
  start<T>(reading: Reading<T>): ClosableIterator<[StreamName, T]> {
    this.#isStarted = true
    const { signal, timeoutMs } = this.#options
    if (signal?.aborted === true) {
      this.#giveUp('aborted')
      throw signal.reason as unknown
    }
    const outfit: Outfit<T> = {
      options: this.#options,
      limit: this.limit,
      drain: this.drain,
      reading,
      makeProgram: this.#chooseProgram(),
      startedAt: Date.now(),
      startedMs: performance.now(),
      onStarted: this.#resolveBegun,
      onInputError: (error) => this.#end('failed', { thrown: { error } }),
    }
    const paced = new Paced<[StreamName, T]>(() => this.#giveUp('killed'))
    this.#paced = paced
    this.#withdraw = startPacer.enter(() => paced.start(this.#execute(outfit)))
    if (signal !== undefined) this.#listen(signal)
    if (timeoutMs !== undefined) this.#timer = setTimeout(this.#onTime, timeoutMs)
    return paced.items ?? paced
  }

  /** Nobody reads any more: an abort would have nobody to reject. */
  leave(): void {
    this.#unlisten()
  }

  /** The run was disposed of before it began. */
  abandon(): void {
    this.#isStarted = true
    this.#giveUp('killed')
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
    if (this.#verdict === undefined || error !== this.#verdict) throw error
    if (this.#verdict.thrown !== undefined) throw this.#verdict.thrown.error
    this.#check(await this.status)
    return { done: true, value: undefined }
  }

  /** Starts the program, whose turn it is. */
  #execute<T>(outfit: Outfit<T>): ClosableIterator<[StreamName, T]> {
    const execution = new Execution(this.command, outfit)
    this.#execution = execution
    // One that waited may have been ended within its own start, in the same way.
    if (this.#isGivenUp) void execution.stop('killed')
    this.#ending = new AbortController()
    void execution.over.then((status) => this.#settle(status))
    // Life first, so that it is open, and can be closed, whatever becomes of the others; and a function, so that it is awaited.
    const sources: Source<[StreamName, T]>[] = [() => new Life(execution), ...execution.sources]
    return merge(
      sources,
      // The stopping has its own bound, SIGKILL; the merge has to wait for it.
      { signal: this.#ending.signal, cleanupTimeoutMs: never },
    )
  }

  #chooseProgram(): MakeProgram {
    try {
      return chooseProgram(this.command, this.#options)
    } catch (error) {
      this.#giveUp('failed')
      throw error
    }
  }

  #listen(signal: AbortSignal): void {
    this.#unlisten = onAbort(signal, this.#onAbort)
    // Who hears of every start, by `diagnostics_channel`, may have aborted it meanwhile.
    if (signal.aborted) this.#onAbort()
  }

  readonly #onAbort = (): void => {
    this.#end('aborted', { thrown: { error: this.#options.signal?.reason } })
  }

  /** Where the event loop was held up, it is seen only in the turn that begins now that the program has ended in time. */
  readonly #onTime = (): void => {
    this.#lastLook = setImmediate(() => {
      if (this.#execution?.isEnding !== true) this.#end('timeout', {})
    })
  }

  #end(reason: EndReason, verdict: Verdict): void {
    if (this.#verdict !== undefined) return
    this.#verdict = verdict
    if (this.#execution === undefined) {
      this.#giveUp(reason)
      this.#paced?.fail(verdict)
    } else {
      void this.#execution.stop(reason)
      this.#ending?.abort(verdict)
    }
  }

  /** It will not be started. */
  #giveUp(reason: EndReason): void {
    this.#isGivenUp = true
    this.#withdraw()
    this.#settle(neverStarted(reason))
  }

  #settle(status: RunStatus): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#lastLook)
    this.#resolveStatus(status)
  }

  #check(status: RunStatus): void {
    if (this.#options.check === false) return
    if (status.reason === 'exited' && status.code === 0) return
    throw new ExitError(this.command, status, this.#execution?.stderrTail ?? '', this.#execution?.hasDumpedCore)
  }
}
