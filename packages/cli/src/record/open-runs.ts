import type { ShownEvent } from '../shown-event.ts'

/** Which runs of a record have begun and not ended. Holds one entry for each name. */
export class OpenRuns {
  readonly #openCounts = new Map<string | undefined, number>()

  /** Whether there was any event. */
  get hasBegun(): boolean {
    return this.#openCounts.size > 0
  }

  /** The names of those that have not ended; `undefined` is that of a command without one. */
  get names(): (string | undefined)[] {
    return [...this.#openCounts].flatMap(([name, count]) => (count > 0 ? [name] : []))
  }

  /** Whether every run that has begun has its `exit`. */
  get isComplete(): boolean {
    return this.hasBegun && this.names.length === 0
  }

  see({ type, name }: ShownEvent): void {
    const count = this.#openCounts.get(name) ?? 0
    // Output without a start is of a run whose beginning is not in the record.
    if (type === 'output' && count > 0) return
    this.#openCounts.set(name, type === 'exit' ? Math.max(0, count - 1) : count + 1)
  }
}
