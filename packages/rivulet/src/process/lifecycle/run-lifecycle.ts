import { merge, type Source } from '../../core/index.ts'
import { currentScope, runningScope, type Scope, type ScopeMember, type Telling } from '../../core/source/scope.ts'
import { ExitError } from '../errors.ts'
import { closeUnusedInput } from '../program/input.ts'
import { OutputLimit } from '../program/program-output.ts'
import type { RunOptions } from '../run-options.ts'
import { neverStarted, type EndReason, type RunStatus } from '../status.ts'
import type { Drain } from '../stopping/drain.ts'
import { onAbort } from '../stopping/on-abort.ts'
import type { StreamName } from '../stream-name.ts'
import { chooseProgram, type MakeProgram } from './choose-program.ts'
import { ProgramSource } from './program-source.ts'
import type { Reading, RunSetup } from './run-setup.ts'
import { RunningProgram } from './running-program.ts'
import { startTurns, WaitingStream, type RunStream } from './start-turns.ts'

/** Milliseconds that never pass. */
const never = 2_147_483_647

/** What stopped the reading of a run before its end. */
interface StopCause {
  reason: EndReason
  /** What is thrown for it; otherwise the status decides. */
  thrown?: { error: unknown }
}

/**
 * A run from its making to its end: its program is started once, and stopped for the first cause that comes. It is in the scope of
 * whoever asks its view for something, also while its start waits.
 */
export class RunLifecycle implements ScopeMember {
  readonly scopes: Set<Scope> = new Set<Scope>()
  readonly status: Promise<RunStatus>
  /** Resolves when the program has been started, or will not be. */
  readonly begun: Promise<void>
  readonly command: readonly string[]
  readonly limit: OutputLimit
  /** Watches the pipes if they are still open when the program has exited. */
  drain: Drain | undefined
  readonly #options: RunOptions
  /** What is read of it; undefined before the first `next()`. */
  #stream: RunStream<unknown> | undefined
  /** Undefined until its turn has come. */
  #program: RunningProgram<unknown> | undefined
  #atTurn: () => void = () => undefined
  #cancelTurn: () => void = () => undefined
  #stopListening: () => void = () => undefined
  #timer: NodeJS.Timeout | undefined
  #lastLook: NodeJS.Immediate | undefined
  #cause: StopCause | undefined
  #isOver = false
  #isAwaited: () => boolean = () => false
  /** What was asked for last inside a scope: an item, or all there is. */
  readonly #asked: { item?: Promise<unknown>; all?: Promise<unknown> } = {}
  /** Resolves when the stream is closed that a cause has stopped. */
  #closing: Promise<unknown> | undefined
  /** The error of a stream that nobody had read yet when a cause came. */
  #unread: { error: unknown } | undefined
  #resolveStatus!: (status: RunStatus) => void
  #resolveBegun!: () => void

  constructor(command: readonly string[], options: RunOptions) {
    this.command = command
    this.#options = options
    this.limit = new OutputLimit(options.maxOutputBytes)
    this.status = new Promise((resolve) => (this.#resolveStatus = resolve))
    this.begun = new Promise((resolve) => (this.#resolveBegun = resolve))
    void this.status.then(({ startedAt }) => {
      this.#resolveBegun()
      if (startedAt === null) closeUnusedInput(options.input)
    })
  }

  get pid(): number | undefined {
    return this.#program?.pid
  }

  /** Whether a cause has stopped the reading, and what is unread is dropped. */
  get isStopped(): boolean {
    return this.#cause !== undefined
  }

  kill(killSignal: NodeJS.Signals): boolean {
    return this.#program?.kill(killSignal) ?? false
  }

  /** Asks for something, in the scope of the code that asks. */
  askInScope<R extends Promise<unknown>>(what: 'item' | 'all', ask: () => R): R {
    const scope = this.#isOver ? undefined : currentScope()
    // Before the merge of its streams, which does not know whether it was an abort.
    scope?.add(this)
    const asked = ask()
    if (scope !== undefined) this.#asked[what] = asked
    return asked
  }

  /** Something is taken that was there, which does not have to be waited for. */
  joinScope(): void {
    if (!this.#isOver) runningScope()?.add(this)
  }

  told({ reason, isAbort }: Telling): boolean {
    // It is nobody's error, and none that was overlooked where it is not awaited yet.
    for (const asked of Object.values(this.#asked)) asked.catch(() => undefined)
    const isWaiting = this.#isAwaited()
    this.#stop({ reason: isAbort ? 'aborted' : 'killed', thrown: { error: reason } })
    return isWaiting
  }

  /**
   * Begins the run, and gives what is read of it. Ask that for an item before `start()`: only a merge that is open stops the
   * program when it is closed. `isAwaited` says whether the consumer waits for an item.
   */
  open<T>(reading: Reading<T>, isAwaited: () => boolean): RunStream<[StreamName, T]> {
    const { signal, timeoutMs } = this.#options
    if (signal?.aborted === true) {
      this.#settleUnstarted('aborted')
      throw signal.reason as unknown
    }
    const setup: RunSetup<T> = {
      command: this.command,
      options: this.#options,
      limit: this.limit,
      reading,
      isAwaited,
      makeProgram: this.#chooseProgram(),
      startedAt: Date.now(),
      startedMs: performance.now(),
      onStarted: this.#resolveBegun,
      onDrain: (drain) => (this.drain = drain),
      onInputError: (error) => this.#stop({ reason: 'failed', thrown: { error } }),
    }
    if (signal !== undefined) this.#stopListening = onAbort(signal, this.#onAbort)
    if (timeoutMs !== undefined) this.#timer = setTimeout(this.#onTime, timeoutMs)
    this.#isAwaited = isAwaited
    const stream = startTurns.isFree ? this.#make(setup) : this.#makeAtTurn(setup)
    this.#stream = stream
    return stream
  }

  /** Starts the program, now or in its turn. */
  start(): void {
    this.#cancelTurn = startTurns.enter(() => {
      this.#atTurn()
      this.#program?.start()
    })
  }

  /** The reading has ended: an abort would have nobody to reject. */
  unlisten(): void {
    this.#stopListening()
  }

  /** The consumer leaves: resolves when nothing of the run is left. */
  async close(): Promise<void> {
    this.unlisten()
    if (this.#program === undefined) this.#settleUnstarted('killed')
    await this.#stream?.return()
  }

  /** What the reading comes to once the stream has ended: the cause that stopped it decides, or how the program ended. */
  async conclude(): Promise<IteratorResult<never, undefined>> {
    await this.#closing
    const status = await this.status
    const thrown = this.#unread ?? this.#cause?.thrown
    if (thrown !== undefined) throw thrown.error
    this.#check(status)
    return { done: true, value: undefined }
  }

  /** Makes the program, which is not started yet, and one stream of its streams. */
  #make<T>(setup: RunSetup<T>): RunStream<[StreamName, T]> {
    const program = new RunningProgram(setup)
    this.#program = program
    void program.over.then((status) => this.#settle(status))
    // The program comes first: it is open then, and can be closed, whatever becomes of the others. It is given by a
    // function, so that its closing is awaited.
    const sources: Source<[StreamName, T]>[] = [() => new ProgramSource(program), ...program.sources]
    return merge(sources, {
      // Stopping has a bound of its own, SIGKILL, and the merge has to wait for it.
      cleanupTimeoutMs: never,
      onSuppressed: (error) => (this.#unread ??= { error }),
    })
  }

  #makeAtTurn<T>(setup: RunSetup<T>): RunStream<[StreamName, T]> {
    const waiting = new WaitingStream<[StreamName, T]>()
    this.#atTurn = () => waiting.forwardTo(this.#make(setup))
    return waiting
  }

  #chooseProgram(): MakeProgram {
    try {
      return chooseProgram(this.command, this.#options)
    } catch (error) {
      this.#settleUnstarted('failed')
      throw error
    }
  }

  readonly #onAbort = (): void => {
    this.#stop({ reason: 'aborted', thrown: { error: this.#options.signal?.reason } })
  }

  /** If the event loop was held up, only the turn that begins now shows that the program has ended in time. */
  readonly #onTime = (): void => {
    this.#lastLook = setImmediate(() => {
      if (this.#program?.isEnding !== true) this.#stop({ reason: 'timeout' })
    })
  }

  /** Stops the program and the reading. The first cause stays. */
  #stop(cause: StopCause): void {
    if (this.#cause !== undefined) return
    this.#cause = cause
    if (this.#program === undefined) this.#settleUnstarted(cause.reason)
    else void this.#program.stop(cause.reason)
    // It has nothing to throw: no source of a run fails by being closed.
    this.#closing = this.#stream?.return().catch(() => undefined)
  }

  /** It is over before its program was started, and will not be started. */
  #settleUnstarted(reason: EndReason): void {
    this.#cancelTurn()
    this.#settle(neverStarted(reason))
  }

  #settle(status: RunStatus): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#lastLook)
    this.#isOver = true
    for (const scope of this.scopes) scope.remove(this)
    this.#resolveStatus(status)
  }

  #check(status: RunStatus): void {
    if (this.#options.check === false) return
    if (status.reason === 'exited' && status.code === 0) return
    throw new ExitError(this.command, status, this.#program?.stderrTail ?? '', this.#program?.hasDumpedCore)
  }
}
