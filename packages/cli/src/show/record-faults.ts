import { oneLine } from '../present/one-line.ts'
import { shortName } from '../present/short-name.ts'
import type { MissingEvents } from '../record/missing-events.ts'
import { RecordError } from '../record/record-error.ts'
import type { RecordReader } from '../record/read-record.ts'
import type { RecordFilter } from './record-filter.ts'

/** Broken lines that are told one by one; of more of them only the number is. */
const toldLines = 10
/** Names that a message has room for. */
const toldNames = 10

const ownInput = 'stdin'

/** What is wrong with a record, as lines for people, and whether it was shown whole. */
export class RecordFaults {
  readonly #path: string
  #brokenLines = 0
  #hasAny = false

  constructor(path: string) {
    this.#path = path === '-' ? ownInput : oneLine(path)
  }

  /** Whether anything was wrong. */
  get hasAny(): boolean {
    return this.#hasAny
  }

  /** What to say of a line that was skipped; nothing where enough was said. */
  broken(lineNumber: number, why: string): string[] {
    this.#hasAny = true
    return ++this.#brokenLines > toldLines ? [] : [`${this.#path}:${lineNumber}: skipped: ${why}`]
  }

  /** What to say when nothing more comes. */
  atEnd({ runs, missing, hasTornEnd }: RecordReader, filter: RecordFilter, error: RecordError | undefined): string[] {
    const faults = [
      ...(this.#brokenLines > 0 ? this.#moreBroken() : this.#gaps(missing)),
      ...(error === undefined ? this.#cut(runs.names, hasTornEnd) : [error.message]),
    ]
    if (error === undefined && !runs.hasBegun) faults.push(`${this.#path}: there are no events in it`)
    if (runs.hasBegun) faults.push(...this.#unseen(filter))
    this.#hasAny ||= faults.length > 0
    return faults
  }

  #moreBroken(): string[] {
    const more = this.#brokenLines - toldLines
    return more > 0 ? [`${this.#path}: ${more} more ${more === 1 ? 'line was' : 'lines were'} skipped`] : []
  }

  #gaps({ gaps, gapCount }: MissingEvents): string[] {
    const told = gaps.map(({ name, from, to }) => {
      const which = from === to ? `event ${from} is` : `events ${from} to ${to} are`
      return `${this.#path}: ${which} missing${name === undefined ? '' : ` of '${shortName(name)}'`}`
    })
    const more = gapCount - gaps.length
    return more > 0 ? [...told, `${this.#path}: more are missing, at ${more} more places`] : told
  }

  #cut(openNames: (string | undefined)[], hasTornEnd: boolean): string[] {
    if (openNames.length === 0) return hasTornEnd ? [`${this.#path}: the last line is cut`] : []
    const whose = openNames[0] === undefined ? 'the run' : list(openNames)
    const isFile = this.#path !== ownInput
    const why = isFile ? 'it was cut off, or is still running (--follow waits for it)' : 'it was cut off'
    return [`${this.#path}: the end of ${whose} is missing: ${why}`]
  }

  #unseen({ unseenNames, seenNames }: RecordFilter): string[] {
    if (unseenNames.length === 0) return []
    const there = seenNames.length === 0 ? 'its commands have no names' : `there are ${list(seenNames)}`
    return [`${this.#path}: no command is called ${list(unseenNames)}: ${there}`]
  }
}

function list(names: readonly (string | undefined)[]): string {
  const told = names
    .slice(0, toldNames)
    .map((name) => (name === undefined ? 'one without a name' : `'${shortName(name)}'`))
  return `${told.join(', ')}${names.length > toldNames ? ` and ${names.length - toldNames} more` : ''}`
}
