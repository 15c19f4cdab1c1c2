import type { CommandEvent } from '../command-event.ts'

/** How many gaps are kept; beyond them only their number is. */
const keptGaps = 10

/** Consecutive events that are missing, by their numbers. */
export interface Gap {
  name: string | undefined
  from: number
  to: number
}

/**
 * Finds out which events of a record are missing, since those of a run are numbered from its start on. Holds one entry for each open
 * run. A run whose beginning is missing counts from its first event. Runs that were filtered are not checked, nor are two runs
 * with the same name at the same time.
 */
export class MissingEvents {
  /** The number of the last event of each run; `NaN` where the run is not checked. */
  readonly #last = new Map<string | undefined, number>()
  readonly #gaps: Gap[] = []
  #gapCount = 0

  /** The first gaps. */
  get gaps(): readonly Gap[] {
    return this.#gaps
  }

  /** How many gaps there are. */
  get gapCount(): number {
    return this.#gapCount
  }

  observe(event: CommandEvent): void {
    const { type, name, seq } = event
    const last = this.#last.get(name)
    if (type === 'start') {
      this.#last.set(name, last === undefined && event.filtered !== true ? seq : NaN)
      return
    }
    if (last !== undefined && seq > last + 1) this.#add({ name, from: last + 1, to: seq - 1 })
    if (type === 'exit') this.#last.delete(name)
    else this.#last.set(name, Math.max(last ?? seq, seq))
  }

  #add(gap: Gap): void {
    if (++this.#gapCount <= keptGaps) this.#gaps.push(gap)
  }
}
