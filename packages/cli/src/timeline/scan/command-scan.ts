import type { Attempt, CommandData, Outcome, StreamTotals } from '@rivulet/timeline-page'
import { Density } from './density.ts'
import { LongestSilences } from './longest-silences.ts'
import { readableCommand } from './readable-text.ts'

/** More slots than a picture has pixels, even after half of them went in a doubling. */
const densitySlots = 4096
const silencesKept = 16

/** One stream of a command: how much came on it, and how that is spread over time. */
class StreamScan {
  readonly totals: StreamTotals = { lines: 0, bytes: 0 }
  readonly density: Density = new Density(densitySlots)
}

/** What a record says about one command. Its memory does not grow with the record, except for the attempts that the caller keeps. */
export class CommandScan {
  readonly name: string
  readonly stdout: StreamScan = new StreamScan()
  readonly stderr: StreamScan = new StreamScan()
  readonly silences: LongestSilences = new LongestSilences(silencesKept)
  readonly attempts: Attempt[] = []
  #command = ''
  #omittedAttempts = 0
  #running: Attempt | undefined
  /** When the last event of the running attempt came. */
  #lastMs = 0

  constructor(name: string) {
    this.name = name
  }

  get isRunning(): boolean {
    return this.#running !== undefined
  }

  /** `isKept` says whether there is room for one more attempt. */
  start(ms: number, words: readonly string[], isKept: boolean): void {
    if (this.#command === '') this.#command = readableCommand(words)
    this.#beginAttempt(ms, isKept)
  }

  output(ms: number, stream: 'stdout' | 'stderr', bytes: number, isKept: boolean): void {
    // Without a start, the beginning of the record is missing.
    if (this.#running === undefined) this.#beginAttempt(ms, isKept)
    this.silences.add(this.#lastMs, ms)
    this.#lastMs = ms
    this[stream].totals.bytes += bytes
  }

  line(ms: number, stream: 'stdout' | 'stderr', isContinued: boolean): void {
    if (!isContinued) this[stream].totals.lines++
    this[stream].density.add(ms, 1)
  }

  exit(ms: number, outcome: Outcome, isKept: boolean): void {
    if (this.#running === undefined) this.#beginAttempt(ms, isKept)
    this.#endAttempt(ms, outcome)
  }

  /** The record has ended: an attempt that is still running has no outcome. */
  close(ms: number): void {
    if (this.#running !== undefined) this.#endAttempt(ms, null)
  }

  data(): CommandData {
    const { name, attempts } = this
    const [stdout, stderr] = [this.stdout.totals, this.stderr.totals]
    return { name, command: this.#command, attempts, omittedAttempts: this.#omittedAttempts, stdout, stderr }
  }

  #beginAttempt(ms: number, isKept: boolean): void {
    // The exit of the attempt before is missing.
    if (this.#running !== undefined) this.#endAttempt(ms, null)
    this.#running = { startMs: ms, endMs: ms, outcome: null }
    this.#lastMs = ms
    if (isKept) this.attempts.push(this.#running)
    else this.#omittedAttempts++
  }

  #endAttempt(ms: number, outcome: Outcome | null): void {
    this.silences.add(this.#lastMs, ms)
    Object.assign(this.#running ?? {}, { endMs: ms, outcome })
    this.#running = undefined
  }
}
