import { makePresenter } from '../present/make-presenter.ts'
import type { Piece, Presenter } from '../present/presenter.ts'
import { visible } from '../present/visible.ts'
import { readRecord, type RecordReader } from '../record/read-record.ts'
import { RecordError } from '../record/record-error.ts'
import type { Screen } from '../screen/screen.ts'
import type { ShowCommandRequest } from '../show-command-request.ts'
import type { ShownEvent } from '../shown-event.ts'
import type { Clock } from './clock.ts'
import { GatheringScreen } from './gathering-screen.ts'
import { Pace } from './pace.ts'
import { RecordFaults } from './record-faults.ts'
import { RecordFilter } from './record-filter.ts'

/** What a record is shown on, and by. */
export interface ShowingParts {
  /** The names that are known beforehand. */
  names: readonly string[]
  screen: Pick<Screen, 'write' | 'isStdoutTerminal' | 'isStderrTerminal' | 'isShared'>
  clock: Clock
  /** Ends the showing, which then rejects. */
  signal: AbortSignal
}

/** How a record was shown: `'left'`: until our reader had enough; `'unreadable'`: until it could not be read. */
export type ShowingEnd = 'whole' | 'faulty' | 'unreadable' | 'left'

/** The longest that is slept at once, in milliseconds: a timer has a limit, and the distance of two events has none. */
const longestSleepMs = 60_000

/** Shows a record once. */
export class RecordShowing {
  readonly #parts: ShowingParts
  readonly #output: GatheringScreen
  readonly #reader: RecordReader
  readonly #filter: RecordFilter
  readonly #presenter: Presenter
  readonly #pace: Pace | undefined
  readonly #faults: RecordFaults

  constructor(request: ShowCommandRequest, parts: ShowingParts) {
    const { path, speed, isFollowing } = request
    const { isStdoutTerminal, isStderrTerminal, isShared } = parts.screen
    this.#parts = parts
    this.#output = new GatheringScreen(parts.screen)
    this.#filter = new RecordFilter(request)
    this.#pace = speed === undefined ? undefined : new Pace(speed)
    this.#faults = new RecordFaults(path)
    this.#presenter = makePresenter({
      ...request,
      ...{ isStdoutTerminal, isStderrTerminal, isShared, names: parts.names, env: process.env, isExitTold: true },
    })
    this.#reader = readRecord(path, {
      isFollowing,
      signal: parts.signal,
      onBroken: (lineNumber, why) => {
        // What cannot be written is thrown again when the next is written.
        this.#tell(this.#faults.broken(lineNumber, why)).catch(() => undefined)
      },
    })
  }

  /** Whether a line stands there without its newline. */
  get isLineOpen(): boolean {
    return this.#presenter.isLineOpen
  }

  async run(): Promise<ShowingEnd> {
    let error: RecordError | undefined
    try {
      for await (const event of this.#reader) if (!(await this.#show(this.#filter.pass(event)))) return 'left'
    } catch (thrown) {
      if (!(thrown instanceof RecordError)) throw thrown
      error = thrown
    }
    const isThere =
      (await this.#show(this.#filter.end())) &&
      (await this.#write(this.#presenter.end())) &&
      (await this.#tell(this.#faults.atEnd(this.#reader, this.#filter, error))) &&
      (await this.#output.flush())
    if (!isThere) return 'left'
    if (error?.isDamaged === false) return 'unreadable'
    return this.#faults.hasAny ? 'faulty' : 'whole'
  }

  async #show(events: ShownEvent[]): Promise<boolean> {
    for (const event of events) {
      await this.#due(event)
      if (!(await this.#write(this.#presenter.show(event)))) return false
    }
    return true
  }

  async #due(event: ShownEvent): Promise<void> {
    // Nobody wants to wait for the lines that come first through what is left out before them.
    if (this.#pace === undefined || !this.#filter.isRecent(event)) return
    const { clock, signal } = this.#parts
    for (;;) {
      const delayMs = this.#pace.delayMs(event.t, clock.nowMs())
      if (delayMs === 0) return
      await clock.sleep(Math.min(delayMs, longestSleepMs), signal)
    }
  }

  #write(pieces: readonly Piece[]): Promise<boolean> {
    return this.#output.write(pieces, this.#presenter.isLineOpen)
  }

  /** Says something of our own on stderr, on lines of its own. */
  #tell(lines: readonly string[]): Promise<boolean> {
    return this.#write(lines.flatMap((line) => this.#presenter.note(`rivulet: ${visible(line)}`)))
  }
}
