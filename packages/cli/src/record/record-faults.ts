import { shortName } from '../text/short-name.ts'
import { oneLine } from '../text/visible.ts'
import type { MissingEvents } from './missing-events.ts'
import type { RecordReader } from './read-record.ts'
import type { RecordError } from './record-error.ts'

/** How many broken lines are reported one by one; of further ones only the number is. */
const maxReportedLines = 10
/** How many names a message has room for. */
const maxNames = 10

const ownInput = 'stdin'

/** The names of commands that were asked for and not found, and those that were found. */
export interface FoundNames {
  readonly unseenNames: readonly string[]
  readonly seenNames: readonly string[]
}

/** What is wrong with a record, as lines for people. */
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

  /** What to say of a line that was skipped; nothing if enough was said. */
  broken(lineNumber: number, why: string): string[] {
    this.#hasAny = true
    return ++this.#brokenLines > maxReportedLines ? [] : [`${this.#path}:${lineNumber}: skipped: ${why}`]
  }

  /** What to say when no more events come. */
  atEnd({ runs, missing, hasTornEnd }: RecordReader, names: FoundNames, error: RecordError | undefined): string[] {
    const faults = [
      ...(this.#brokenLines > 0 ? this.#moreBroken() : this.#gaps(missing)),
      ...(error === undefined ? this.#missingEnds(runs.names, hasTornEnd) : [error.message]),
    ]
    if (error === undefined && !runs.hasBegun) faults.push(`${this.#path}: there are no events in it`)
    if (runs.hasBegun) faults.push(...this.#unseen(names))
    this.#hasAny ||= faults.length > 0
    return faults
  }

  #moreBroken(): string[] {
    const more = this.#brokenLines - maxReportedLines
    return more > 0 ? [`${this.#path}: ${more} more ${more === 1 ? 'line was' : 'lines were'} skipped`] : []
  }

  #gaps({ gaps, gapCount }: MissingEvents): string[] {
    const reported = gaps.map(({ name, from, to }) => {
      const of = name === undefined ? '' : ` of '${shortName(name)}'`
      return `${this.#path}: ${from === to ? `event ${from}${of} is` : `events ${from} to ${to}${of} are`} missing`
    })
    const more = gapCount - gaps.length
    if (more === 0) return reported
    return [...reported, `${this.#path}: more events are missing, in ${more} more ${more === 1 ? 'place' : 'places'}`]
  }

  #missingEnds(openNames: (string | undefined)[], hasTornEnd: boolean): string[] {
    if (openNames.length === 0) return hasTornEnd ? [`${this.#path}: the last line is cut off`] : []
    const whose = openNames[0] === undefined ? 'the run' : list(openNames)
    const isFile = this.#path !== ownInput
    const why = isFile ? 'it was cut off, or is still running (--follow waits for it)' : 'it was cut off'
    return [`${this.#path}: the end of ${whose} is missing: ${why}`]
  }

  #unseen({ unseenNames, seenNames }: FoundNames): string[] {
    if (unseenNames.length === 0) return []
    const there = seenNames.length === 0 ? 'its commands have no names' : `there are ${list(seenNames)}`
    return [`${this.#path}: no command is named ${list(unseenNames)}: ${there}`]
  }
}

function list(names: readonly (string | undefined)[]): string {
  const listed = names
    .slice(0, maxNames)
    .map((name) => (name === undefined ? 'one without a name' : `'${shortName(name)}'`))
  return `${listed.join(', ')}${names.length > maxNames ? ` and ${names.length - maxNames} more` : ''}`
}
