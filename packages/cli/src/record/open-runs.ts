import type { CommandEvent } from '../command-event.ts'

/** How much later than it was announced a restart may come, in milliseconds: a machine has other things to do. */
const restartGraceMs = 10_000

/** Which runs of a record have begun and not ended. Holds one entry for each name. */
export class OpenRuns {
  readonly #openCounts = new Map<string | undefined, number>()
  /** Those that have failed and are to be started again: until when that may be, by our clock. */
  readonly #restartsBy = new Map<string | undefined, number>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number = Date.now) {
    this.#nowMs = nowMs
  }

  /** Whether there was any event. */
  get hasBegun(): boolean {
    return this.#openCounts.size > 0
  }

  /** How many names there are. */
  get size(): number {
    return this.#openCounts.size
  }

  /** Whether there was an event of a command of that name. */
  has(name: string | undefined): boolean {
    return this.#openCounts.has(name)
  }

  /** The names of those that have not ended; `undefined` is that of a command without one. */
  get names(): (string | undefined)[] {
    return [...this.#openCounts].flatMap(([name, count]) => (count > 0 || this.#restartsBy.has(name) ? [name] : []))
  }

  /** Whether nothing more is to come: every run that has begun has its `exit`, and who was to start it again is long late. */
  get isComplete(): boolean {
    return this.hasBegun && this.names.every((name) => (this.#restartsBy.get(name) ?? Infinity) < this.#nowMs())
  }

  see(event: CommandEvent): void {
    const { type, name, restartMs } = event
    const count = this.#openCounts.get(name) ?? 0
    // Output without a start is of a run whose beginning is not in the record.
    if (type === 'output' && count > 0) return
    this.#openCounts.set(name, type === 'exit' ? Math.max(0, count - 1) : count + 1)
    if (typeof restartMs === 'number') this.#restartsBy.set(name, this.#nowMs() + restartMs + restartGraceMs)
    else this.#restartsBy.delete(name)
  }
}
