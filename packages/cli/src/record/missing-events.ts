import type { CommandEvent } from '../command-event.ts'

/** Gaps that are kept to be told; of more only the number is. */
const keptGaps = 10

/** Events that are not there, by their numbers. */
export interface Gap {
  name: string | undefined
  from: number
  to: number
}

/**
 * Which events of a record are missing: those of a run are numbered from its start on. Holds one entry for each run that is
 * open. A run whose beginning is not there is counted from its first event; one that was filtered is not looked at, nor one of
 * two that have the same name at the same time.
 */
export class MissingEvents {
  /** The number of the last event; not a number where it is not looked at. */
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

  see(event: CommandEvent): void {
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
