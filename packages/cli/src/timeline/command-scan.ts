import { commandText } from './command-text.ts'
import { Density } from './density.ts'
import { LongestSilences } from './longest-silences.ts'
import type { Attempt, CommandData, Outcome, StreamTotals } from './page-data.ts'

/** More than a picture has pixels, whatever the doubling of the slots leaves of them. */
const densitySlots = 4096
const silencesKept = 16

/** What came on one stream: totals, and how they are spread over the time. */
class StreamScan {
  readonly totals: StreamTotals = { lines: 0, bytes: 0 }
  readonly density: Density = new Density(densitySlots)
}

/** What a record says of one command. Its memory does not grow with the record, but for its attempts, which the caller bounds. */
export class CommandScan {
  readonly name: string
  readonly stdout: StreamScan = new StreamScan()
  readonly stderr: StreamScan = new StreamScan()
  readonly silences: LongestSilences = new LongestSilences(silencesKept)
  readonly attempts: Attempt[] = []
  #command = ''
  #omittedAttempts = 0
  #running: Attempt | undefined
  /** When the last thing came of what is running. */
  #lastMs = 0

  constructor(name: string) {
    this.name = name
  }

  get isRunning(): boolean {
    return this.#running !== undefined
  }

  /** `isKept`: whether there is room for one more attempt. */
  start(ms: number, words: readonly string[], isKept: boolean): void {
    if (this.#command === '') this.#command = commandText(words)
    this.#begin(ms, isKept)
  }

  output(ms: number, stream: 'stdout' | 'stderr', bytes: number, isKept: boolean): void {
    // A record whose beginning is missing.
    if (this.#running === undefined) this.#begin(ms, isKept)
    this.silences.add(this.#lastMs, ms)
    this.#lastMs = ms
    this[stream].totals.bytes += bytes
  }

  line(ms: number, stream: 'stdout' | 'stderr', isContinued: boolean): void {
    if (!isContinued) this[stream].totals.lines++
    this[stream].density.add(ms, 1)
  }

  exit(ms: number, outcome: Outcome, isKept: boolean): void {
    if (this.#running === undefined) this.#begin(ms, isKept)
    this.#end(ms, outcome)
  }

  /** Nothing more comes. */
  end(ms: number): void {
    if (this.#running !== undefined) this.#end(ms, null)
  }

  data(): CommandData {
    const { name, attempts } = this
    const [stdout, stderr] = [this.stdout.totals, this.stderr.totals]
    return { name, command: this.#command, attempts, omittedAttempts: this.#omittedAttempts, stdout, stderr }
  }

  #begin(ms: number, isKept: boolean): void {
    // The exit of the one before is missing.
    if (this.#running !== undefined) this.#end(ms, null)
    this.#running = { startMs: ms, endMs: ms, outcome: null }
    this.#lastMs = ms
    if (isKept) this.attempts.push(this.#running)
    else this.#omittedAttempts++
  }

  #end(ms: number, outcome: Outcome | null): void {
    this.silences.add(this.#lastMs, ms)
    Object.assign(this.#running ?? {}, { endMs: ms, outcome })
    this.#running = undefined
  }
}
