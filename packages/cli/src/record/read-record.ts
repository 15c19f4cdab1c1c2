import { lineRecords, type ClosableIterator, type LineRecord } from 'rivulet'
import type { CommandEvent } from '../command-event.ts'
import { gunzip } from './gunzip.ts'
import { MissingEvents } from './missing-events.ts'
import { OpenRuns } from './open-runs.ts'
import { parseEvent } from './parse-event.ts'
import { recordBytes, type Following } from './record-bytes.ts'
import { RecordError } from './record-error.ts'

/** The longest line that is read, in bytes: some forty times what one reading of a program's output can come to. */
const maxLineBytes = 16_777_216

/** The most names in one record. Something is kept of each; what is of further commands is skipped. */
const maxNames = 100_000

/** The options of `readRecord`. */
export interface RecordOptions {
  /** Waits for more at the end of a file, until every run that was begun has its `exit`. */
  isFollowing?: boolean | undefined
  /** Hears of each line that is skipped because it is no event. */
  onBroken?: ((lineNumber: number, why: string) => void) | undefined
  /** Stops the reading, which then rejects with its reason. */
  signal?: AbortSignal | undefined
}

/**
 * Reads a saved run, plain or compressed with gzip, from a file or from our own stdin (`-`).
 *
 * Laziness: opens nothing before the first `next()`.
 * Order: that of the file.
 * Back-pressure: reads 64 KiB at a time; holds one line of at most 16 MiB, of a longer one no more; and the names of at most 100,000
 * commands: what is of others is told to `onBroken` and skipped.
 * Ending: with the file; followed, when every run that was begun has its `exit` and nothing came for a second. A last line
 * that is cut, because who wrote it was killed, is left out.
 * Errors: a line that is no event is told to `onBroken` and skipped. What cannot be read is a `RecordError`, after what
 * could be.
 * Cancellation: `break`, abort or dispose closes the file, and awaits it.
 */
export function readRecord(path: string, options: RecordOptions = {}): RecordReader {
  return new RecordReader(path, options)
}

/** A saved run that is read; made by `readRecord()`. */
export class RecordReader implements ClosableIterator<CommandEvent> {
  readonly #runs = new OpenRuns()
  readonly #missing = new MissingEvents()
  readonly #lines: ClosableIterator<LineRecord>
  readonly #onBroken: (lineNumber: number, why: string) => void
  #lineNumber = 0
  /** Whether the rest of a line that is too long is to come. */
  #isInLongLine = false
  #hasTornEnd = false
  /** How many `next()` are not answered. */
  #pending = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(path: string, { isFollowing = false, onBroken = () => undefined, signal }: RecordOptions) {
    const following: Following | undefined = isFollowing ? this.#runs : undefined
    this.#onBroken = onBroken
    this.#lines = lineRecords((stop) => recordText(path, following, stop), { maxLineBytes, signal })
  }

  /** Which of the runs that were read have not ended. */
  get runs(): OpenRuns {
    return this.#runs
  }

  /** Which events are not there. A line that was skipped may have been one. */
  get missing(): MissingEvents {
    return this.#missing
  }

  /** Whether the last line was cut. */
  get hasTornEnd(): boolean {
    return this.#hasTornEnd
  }

  next(): Promise<IteratorResult<CommandEvent, undefined>> {
    const answer = this.#pending === 0 ? this.#advance() : this.#turn.then(() => this.#advance())
    this.#pending++
    const settled = (): number => this.#pending--
    // The one after it is answered after it, however it went.
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
      const event = this.#take(line)
      if (event === undefined) continue
      this.#runs.see(event)
      this.#missing.see(event)
      return { done: false, value: event }
    }
  }

  #take({ text, end }: LineRecord): CommandEvent | undefined {
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

async function* recordText(
  path: string,
  following: Following | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* gunzip(recordBytes(path, following, signal))
  } catch (error) {
    throw error instanceof RecordError || signal.aborted ? error : RecordError.ofDamage(path, error)
  }
}
