import { LineSplitter, type ClosableIterator, type LineOptions } from '../core/index.ts'
import { checkMaxBytes, type CollectedRun, type CollectOptions } from './collected-run.ts'
import { RunLifecycle } from './lifecycle/run-lifecycle.ts'
import type { Reading } from './lifecycle/run-setup.ts'
import { Tail } from './program/tail.ts'
import type { RunEvent } from './run-event.ts'
import { checkRun, type RunOptions } from './run-options.ts'
import type { RunStatus } from './status.ts'
import { checkOtherStream, type OtherStream, type StreamName } from './stream-name.ts'
import { ClosableStream } from './views/closable-stream.ts'
import { collectText } from './views/collect-text.ts'
import { chunks, discarded, lineBatches, stamped } from './views/items.ts'
import { Mapped } from './views/mapped.ts'
import { RunEvents } from './views/run-events.ts'
import { SingleLines } from './views/single-lines.ts'
import { View } from './views/view.ts'

/**
 * Runs a program and reads its stdout and stderr as one stream, each chunk tagged with where it came from.
 *
 * Laziness: starts nothing before the first `next()` of a view, `collect()` or `wait()`; of many runs that are begun at
 * once, one is started in each turn of the event loop.
 * Order: within a stream exact; across the two, the order in which they were read.
 * Back-pressure: a consumer that stalls stalls the program; one chunk a stream is held, beside what Node and the system
 * buffer (at most 1 MiB a stream).
 * Ending: when both streams are read to their end and the program is reaped; pipes that outlive the program are closed
 * after `drainMs` without a byte.
 * Errors: `SpawnError` from the first `next()`; `ExitError` after the last output, unless `check` is false.
 * Cancellation: `break`, abort, timeout, limit or dispose sends SIGTERM to the whole process group, SIGKILL after
 * `killAfterMs`, and waits until no process of the group lives. If our own process dies, the group is killed.
 *
 * @throws `SpawnError`, `ExitError`, the signal's reason, what the input threw. At the call: a `TypeError` or `RangeError`
 * for an impossible command or option.
 * @example
 * const seen: string[] = []
 * const script = 'console.log("out"); console.error("err")'
 * for await (const [name, line] of run('node', ['-e', script]).lines()) seen.push(`${name}: ${line}`)
 * seen.sort() // => ['stderr: err', 'stdout: out']
 */
export function run(file: string, args: readonly string[] = [], options: RunOptions = {}): Run {
  return new Run(file, args, options)
}

/** A program that runs while it is read; made by `run()`. It is read once, by one of its views. */
export class Run extends ClosableStream<[StreamName, Uint8Array]> {
  readonly #lifecycle: RunLifecycle
  #view: View<unknown> | undefined
  #chunks: View<Uint8Array> | undefined
  #kept: Tail | undefined

  constructor(file: string, args: readonly string[], options: RunOptions) {
    super()
    checkRun(file, args, options)
    this.#lifecycle = new RunLifecycle([file, ...args], options)
  }

  /** How the run ended, once it is over; never rejects, and starts nothing. */
  get status(): Promise<RunStatus> {
    return this.#lifecycle.status
  }

  /** The program's process id, which is its group's too; undefined before the start, with the supervisor a little longer. */
  get pid(): number | undefined {
    return this.#lifecycle.pid
  }

  /** The last 65,536 bytes of the stream that is not read, as text; empty unless it is kept. */
  get kept(): string {
    return this.#kept?.toString() ?? ''
  }

  /** Sends a signal to the whole group, and settles nothing. Says whether there was anyone to send it to. */
  kill(killSignal: NodeJS.Signals = 'SIGTERM'): boolean {
    return this.#lifecycle.kill(killSignal)
  }

  /** Each line with its stream's name, split as the block `lines` does. */
  lines(options: LineOptions = {}): ClosableIterator<[StreamName, string]> {
    return new SingleLines(this.#claimLines(options))
  }

  /** The lines of each chunk at once: several times faster for programs that print much. */
  lineBatches(options: LineOptions = {}): ClosableIterator<[StreamName, string[]]> {
    return this.#claimLines(options)
  }

  /** What happens, as events: `start`, `output` for each chunk, `exit`; the same wherever a run is sent or kept. */
  events(): ClosableIterator<RunEvent> {
    return new RunEvents(this.#lifecycle, this.#claim({ items: stamped }))
  }

  /** The chunks of stdout alone; stderr is read beside it and thrown away, unless the option says otherwise. */
  stdout(options: { stderr?: OtherStream | undefined } = {}): ClosableIterator<Uint8Array> {
    return this.#single('stdout', 'stderr', checkOtherStream('stderr', options.stderr))
  }

  /** The chunks of stderr alone; stdout is read beside it and thrown away, unless the option says otherwise. */
  stderr(options: { stdout?: OtherStream | undefined } = {}): ClosableIterator<Uint8Array> {
    return this.#single('stderr', 'stdout', checkOtherStream('stdout', options.stdout))
  }

  /** Runs the program to its end, and gives all that it wrote as text. Throws as the loop does. */
  collect(options: CollectOptions = {}): Promise<CollectedRun> {
    return this.#lifecycle.askInScope('all', () => this.#collect(options))
  }

  async #collect(options: CollectOptions): Promise<CollectedRun> {
    const maxBytes = checkMaxBytes(options)
    const tagged = this.#claim({ items: chunks })
    this.#lifecycle.limit.lower(maxBytes)
    const text = await collectText(tagged)
    return { ...text, ...(await this.status) }
  }

  /** Runs the program to its end, and throws away what it prints. Throws as the loop does. */
  wait(): Promise<RunStatus> {
    return this.#lifecycle.askInScope('all', () => this.#wait())
  }

  async #wait(): Promise<RunStatus> {
    await this.#claim({ items: () => discarded() }).next()
    return this.status
  }

  next(): Promise<IteratorResult<[StreamName, Uint8Array], undefined>> {
    try {
      this.#chunks ??= this.#claim({ items: chunks })
    } catch (error) {
      return Promise.reject(error)
    }
    return this.#chunks.next()
  }

  /** Stops the run, however it is read. */
  async return(): Promise<IteratorResult<[StreamName, Uint8Array], undefined>> {
    this.#chunks ??= this.#view === undefined ? this.#claim({ items: chunks }) : undefined
    await this.#view?.return()
    return { done: true, value: undefined }
  }

  #claimLines(options: LineOptions): View<string[]> {
    // Refuses an impossible option before anything is started.
    new LineSplitter(options)
    return this.#claim({ items: () => lineBatches(options) })
  }

  #single(read: StreamName, other: StreamName, how: OtherStream): ClosableIterator<Uint8Array> {
    const kept = how === 'keep' ? new Tail() : undefined
    const tagged = this.#claim<Uint8Array>({
      items: (name) => (name === read ? chunks() : discarded((chunk) => kept?.push(chunk))),
      inherited: how === 'inherit' ? other : undefined,
    })
    this.#kept = kept
    return new Mapped(
      tagged,
      ([, chunk]) => chunk,
      (ask) => tagged.askInScope(ask),
    )
  }

  #claim<T>(reading: Reading<T>): View<T> {
    if (this.#view !== undefined) throw new TypeError('A run is read once: it already has a view')
    const view = new View<T>(this.#lifecycle, reading)
    this.#view = view
    return view
  }
}
