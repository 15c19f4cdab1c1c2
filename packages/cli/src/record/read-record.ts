import { lineRecords, type ClosableIterator, type LineRecord } from 'rivulet'
import type { CommandEvent } from '../command-event.ts'
import { gunzip } from './gunzip.ts'
import { MissingEvents } from './missing-events.ts'
import { OpenRuns } from './open-runs.ts'
import { parseEvent } from './parse-event.ts'
import { recordBytes } from './record-bytes.ts'
import { RecordError } from './record-error.ts'

/** The longest line that is read: about forty times what a chunk of output can come to as JSON. */
const maxLineBytes = 16_777_216

/** The most names in one record, since something is kept for each. Events of further commands are skipped. */
const maxNames = 100_000

/** The options of `readRecord`. */
export interface RecordOptions {
  /** Waits for more at the end of a file, until every run that has begun has its `exit`. */
  isFollowing?: boolean | undefined
  /** Hears of each line that is skipped because it is not an event. */
  onBroken?: ((lineNumber: number, why: string) => void) | undefined
  /** Stops the reading, which then rejects with its reason. */
  signal?: AbortSignal | undefined
}

/**
 * Reads a saved run, plain or compressed with gzip, from a file or from our own stdin (`-`).
 *
 * Laziness: opens nothing before the first `next()`.
 * Order: that of the file.
 * Back-pressure: reads 64 KiB at a time; holds at most one line of up to 16 MiB, and the names of up to 100,000 commands.
 * Ending: with the file; when following, once every run that has begun has its `exit` and nothing has come for a second. A last line
 * that is cut short, because its writer was killed, is left out.
 * Errors: a line that is not an event, is too long, or belongs to one command too many is skipped, and `onBroken` hears of it. What
 * cannot be read is a `RecordError`, thrown after everything that could be read.
 * Cancellation: `break`, abort or dispose closes the file and waits until it is closed.
 */
export function readRecord(path: string, options: RecordOptions = {}): RecordReader {
  return new RecordReader(path, options)
}

/** The events of a saved run; made by `readRecord()`. */
export class RecordReader implements ClosableIterator<CommandEvent> {
  readonly #runs = new OpenRuns()
  readonly #missing = new MissingEvents()
  readonly #lines: ClosableIterator<LineRecord>
  readonly #onBroken: (lineNumber: number, why: string) => void
  #lineNumber = 0
  /** Whether what comes next is the rest of a line that is too long. */
  #isInLongLine = false
  #hasTornEnd = false
  /** How many calls of `next()` are unanswered. */
  #pending = 0
  /** Settles when the last of them is answered. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(path: string, { isFollowing = false, onBroken = () => undefined, signal }: RecordOptions) {
    this.#onBroken = onBroken
    const runs = isFollowing ? this.#runs : undefined
    this.#lines = lineRecords((stop) => recordText(path, runs, stop), { maxLineBytes, signal })
  }

  /** Which of the runs read so far have not ended. */
  get runs(): OpenRuns {
    return this.#runs
  }

  /** Which events are missing. A line that was skipped may have been one of them. */
  get missing(): MissingEvents {
    return this.#missing
  }

  /** Whether the last line was cut short. */
  get hasTornEnd(): boolean {
    return this.#hasTornEnd
  }

  next(): Promise<IteratorResult<CommandEvent, undefined>> {
    const answer = this.#pending === 0 ? this.#advance() : this.#turn.then(() => this.#advance())
    this.#pending++
    const settled = (): number => this.#pending--
    // The next call is answered after this one, whichever way this one settles.
    this.#turn = answer.then(settled, settled)
    return answer
  }

  async return(): Promise<IteratorResult<CommandEvent, undefined>> {
    await this.#lines.return()
    return { done: true, value: undefined }
  }

  async throw(error: unknown): Promise<IteratorResult<CommandEvent, undefined>> {
    await this.#lines.return()
    throw error
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #advance(): Promise<IteratorResult<CommandEvent, undefined>> {
    for (;;) {
      const { done, value: line } = await this.#lines.next()
      if (done === true) return { done, value: undefined }
      const event = this.#parse(line)
      if (event === undefined) continue
      this.#runs.observe(event)
      this.#missing.observe(event)
      return { done: false, value: event }
    }
  }

  #parse({ text, end }: LineRecord): CommandEvent | undefined {
    const isRest = this.#isInLongLine
    this.#isInLongLine = end === 'cut'
    if (isRest) return undefined
    this.#lineNumber++
    if (end === 'cut') this.#onBroken(this.#lineNumber, `longer than ${maxLineBytes} bytes`)
    if (end === 'cut' || text === '') return undefined
    const parsed = parseEvent(text)
    if ('event' in parsed) {
      if (this.#runs.size < maxNames || this.#runs.has(parsed.event.name)) return parsed.event
      this.#onBroken(this.#lineNumber, `the record has more than ${maxNames} names`)
      return undefined
    }
    if (end === 'eof') this.#hasTornEnd = true
    else this.#onBroken(this.#lineNumber, parsed.why)
    return undefined
  }
}

async function* recordText(path: string, runs: OpenRuns | undefined, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* gunzip(recordBytes(path, runs, signal))
  } catch (error) {
    throw error instanceof RecordError || signal.aborted ? error : RecordError.ofDamage(path, error)
  }
}
