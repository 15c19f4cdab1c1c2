import type { CommandEvent } from '../command-event.ts'

/** How much later than announced a restart may come: the machine may be busy. */
const restartGraceMs = 10_000

/** Which runs of a record have begun but not ended. Holds one entry for each name. */
export class OpenRuns {
  /** How many runs of each name are open. */
  readonly #openCounts = new Map<string | undefined, number>()
  /** For each run that failed and is to be started again: until when that may happen, by our clock. */
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

  /** The names of the runs that have not ended; `undefined` stands for a command without a name. */
  get names(): (string | undefined)[] {
    return [...this.#openCounts].flatMap(([name, count]) => (count > 0 || this.#restartsBy.has(name) ? [name] : []))
  }

  /** Whether nothing more is to come: every run that has begun has its `exit`, and no restart is still due. */
  get isComplete(): boolean {
    return this.hasBegun && this.names.every((name) => (this.#restartsBy.get(name) ?? Infinity) < this.#nowMs())
  }

  observe(event: CommandEvent): void {
    const { type, name, restartMs } = event
    const count = this.#openCounts.get(name) ?? 0
    // Output without a start belongs to a run whose beginning is missing from the record.
    if (type === 'output' && count > 0) return
    this.#openCounts.set(name, type === 'exit' ? Math.max(0, count - 1) : count + 1)
    if (typeof restartMs === 'number') this.#restartsBy.set(name, this.#nowMs() + restartMs + restartGraceMs)
    else this.#restartsBy.delete(name)
  }
}
