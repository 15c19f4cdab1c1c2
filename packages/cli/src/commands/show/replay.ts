import type { CommandEvent } from '../../command-event.ts'
import { makePresenter } from '../../present/make-presenter.ts'
import type { Piece, Presenter } from '../../present/presenter.ts'
import { readRecord, type RecordReader } from '../../record/read-record.ts'
import { RecordError } from '../../record/record-error.ts'
import { RecordFaults } from '../../record/record-faults.ts'
import type { Screen } from '../../screen/screen.ts'
import { ownMessage } from '../../text/own-message.ts'
import { Pace, type Clock } from './pace.ts'
import { RecordFilter } from './record-filter.ts'
import type { ShowRequest } from './request.ts'

/** What a record is replayed on, and by. */
export interface ReplayOptions {
  /** The names that are known beforehand. */
  names: readonly string[]
  screen: Pick<Screen, 'write' | 'isStdoutTerminal' | 'isStderrTerminal' | 'isShared'>
  clock: Clock
  /** Ends the replay, which then rejects. */
  signal: AbortSignal
}

/** How a record was shown: `'left'`, until our reader had enough; `'unreadable'`, until it could not be read. */
export type ReplayOutcome = 'whole' | 'faulty' | 'unreadable' | 'left'

/** The longest sleep, in milliseconds: a timer has a limit, and the time between two events has none. */
const maxSleepMs = 60_000

/** Shows a record once. */
export class Replay {
  readonly #options: ReplayOptions
  readonly #reader: RecordReader
  readonly #filter: RecordFilter
  readonly #presenter: Presenter
  readonly #pace: Pace | undefined
  readonly #faults: RecordFaults

  constructor(request: ShowRequest, options: ReplayOptions) {
    const { path, speed, isFollowing } = request
    const { isStdoutTerminal, isStderrTerminal, isShared } = options.screen
    this.#options = options
    this.#filter = new RecordFilter(request)
    this.#pace = speed === undefined ? undefined : new Pace(speed)
    this.#faults = new RecordFaults(path)
    this.#presenter = makePresenter({
      ...request,
      ...{ isStdoutTerminal, isStderrTerminal, isShared, names: options.names, env: process.env, isExitNoted: true },
    })
    this.#reader = readRecord(path, {
      isFollowing,
      signal: options.signal,
      onBroken: (lineNumber, why) => {
        // If it cannot be written, the next write throws again.
        this.#note(this.#faults.broken(lineNumber, why)).catch(() => undefined)
      },
    })
  }

  /** Whether the last line has no newline yet. */
  get isLineOpen(): boolean {
    return this.#presenter.isLineOpen
  }

  async run(): Promise<ReplayOutcome> {
    let error: RecordError | undefined
    try {
      for await (const event of this.#reader) if (!(await this.#show(this.#filter.select(event)))) return 'left'
    } catch (thrown) {
      if (!(thrown instanceof RecordError)) throw thrown
      error = thrown
    }
    const isReaderThere =
      (await this.#show(this.#filter.close())) &&
      (await this.#write(this.#presenter.close())) &&
      (await this.#note(this.#faults.atEnd(this.#reader, this.#filter, error)))
    if (!isReaderThere) return 'left'
    if (error?.isDamaged === false) return 'unreadable'
    return this.#faults.hasAny ? 'faulty' : 'whole'
  }

  async #show(events: CommandEvent[]): Promise<boolean> {
    for (const event of events) {
      await this.#waitFor(event)
      if (!(await this.#write(this.#presenter.show(event)))) return false
    }
    return true
  }

  async #waitFor(event: CommandEvent): Promise<void> {
    // The first line that is shown should not wait for the time of what is left out before it.
    if (this.#pace === undefined || !this.#filter.isRecent(event)) return
    const { clock, signal } = this.#options
    for (;;) {
      const delayMs = this.#pace.delayMs(event.t, clock.nowMs())
      if (delayMs === 0) return
      await clock.sleep(Math.min(delayMs, maxSleepMs), signal)
    }
  }

  #write(pieces: readonly Piece[]): Promise<boolean> {
    return this.#options.screen.write(pieces, this.#presenter.isLineOpen)
  }

  /** Says something of our own on stderr, on lines of its own. */
  #note(lines: readonly string[]): Promise<boolean> {
    return this.#write(lines.flatMap((line) => this.#presenter.note(ownMessage(line))))
  }
}
