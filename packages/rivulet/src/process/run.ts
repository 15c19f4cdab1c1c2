import { lines, LineSplitter, type ClosableIterator, type LineOptions } from '../core/index.ts'
import { Controls, type StreamName } from './internal/controls.ts'
import { LineBatches } from './internal/line-batches.ts'
import type { PullReader } from './internal/pull-reader.ts'
import { requireRunnable } from './internal/require-runnable.ts'
import { RunEvents } from './internal/run-events.ts'
import { View } from './internal/view.ts'
import type { RunEvent } from './run-event.ts'
import type { RunOptions } from './run-options.ts'
import type { RunStatus } from './status.ts'

/**
 * Runs a program and reads its stdout and stderr as one stream, each chunk tagged with where it came from.
 *
 * Laziness: starts nothing before the first `next()` of a view, or `wait()`.
 * Order: within a stream exact; across the two, the order in which they were read.
 * Back-pressure: a consumer that stalls stalls the program; one chunk a stream is held, beside what Node and the system
 * buffer (at most 1 MiB a stream).
 * Ending: when both streams are read to their end and the program is reaped; pipes that outlive the program are let go
 * after `drainMs` without a byte.
 * Errors: `SpawnError` from the first `next()`; `ExitError` after the last output, unless `check` is false.
 * Cancellation: `break`, abort, timeout or dispose sends SIGTERM to the whole process group, SIGKILL after `killAfterMs`,
 * and waits until no process of the group lives.
 *
 * @throws `SpawnError`, `ExitError`, the signal's reason, what the input threw. At the call: a `TypeError` or `RangeError`
 * for options that cannot be.
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
export class Run implements ClosableIterator<[StreamName, Uint8Array]> {
  readonly #controls: Controls
  #view: View<unknown> | undefined
  #chunks: View<Uint8Array> | undefined

  constructor(file: string, args: readonly string[], options: RunOptions) {
    requireRunnable(file, args, options)
    this.#controls = new Controls([file, ...args], options)
  }

  /** How the run ended, once it is over; never rejects, and starts nothing. */
  get status(): Promise<RunStatus> {
    return this.#controls.status
  }

  /** The program's process id, which is its group's too; undefined before the start. */
  get pid(): number | undefined {
    return this.#controls.pid
  }

  /** Sends a signal to the whole group, and settles nothing. Says whether there was anyone to send it to. */
  kill(killSignal: NodeJS.Signals = 'SIGTERM'): boolean {
    return this.#controls.kill(killSignal)
  }

  /** Each line with its stream's name, split as the block `lines` does. */
  lines(options: LineOptions = {}): ClosableIterator<[StreamName, string]> {
    requireLineOptions(options)
    return this.#claim((reader) => lines(reader, options))
  }

  /** The lines of each chunk at once: several times faster for programs that print much. */
  lineBatches(options: LineOptions = {}): ClosableIterator<[StreamName, string[]]> {
    requireLineOptions(options)
    return this.#claim((reader) => new LineBatches(reader, options))
  }

  /** What happens, as events: `start`, `output` for each chunk, `exit`; the same wherever a run is sent or kept. */
  events(): ClosableIterator<RunEvent> {
    return new RunEvents(
      this.#controls,
      this.#claim((reader) => reader),
    )
  }

  /** Runs the program to its end, and drops what it prints. Throws as the loop does. */
  async wait(): Promise<RunStatus> {
    for await (const _ of this.#claim((reader) => reader));
    return this.status
  }

  next(): Promise<IteratorResult<[StreamName, Uint8Array], undefined>> {
    try {
      this.#chunks ??= this.#claim((reader) => reader)
    } catch (error) {
      return Promise.reject(error)
    }
    return this.#chunks.next()
  }

  /** Stops the run, however it is read. */
  async return(): Promise<IteratorResult<[StreamName, Uint8Array], undefined>> {
    this.#chunks ??= this.#view === undefined ? this.#claim((reader) => reader) : undefined
    await this.#view?.return()
    return { done: true, value: undefined }
  }

  async throw(error: unknown): Promise<IteratorResult<[StreamName, Uint8Array], undefined>> {
    await this.return()
    throw error
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  #claim<T>(open: (reader: PullReader) => AsyncIterable<T>): View<T> {
    if (this.#view !== undefined) throw new TypeError('A run is read once: it already has a view')
    const view = new View<T>(this.#controls, open)
    this.#view = view
    return view
  }
}

/** Refuses them before anything is started. */
function requireLineOptions(options: LineOptions): void {
  new LineSplitter(options)
}
