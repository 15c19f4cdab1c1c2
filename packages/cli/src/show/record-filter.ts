import type { ShowCommandRequest } from '../show-command-request.ts'
import type { ShownEvent } from '../shown-event.ts'
import { MatchingLines } from './matching-lines.ts'

/** What decides which events are shown. */
export type Selection = Pick<ShowCommandRequest, 'only' | 'names' | 'grep' | 'since'>

/**
 * Chooses what is shown of a record. Starts and exits stay, but for those of other commands, so that what is shown is a
 * record again; where output is left out of a run its start says so, for the numbers of its events have gaps.
 */
export class RecordFilter {
  readonly #selection: Selection
  readonly #isPartial: boolean
  readonly #lines: MatchingLines | undefined
  readonly #unseen: Set<string>
  readonly #seen = new Set<string>()
  /** The time of the first event, in milliseconds since the epoch. */
  #beganAt: number | undefined

  constructor(selection: Selection) {
    this.#selection = selection
    const { only, grep, since } = selection
    this.#isPartial = only !== undefined || grep !== undefined || since !== undefined
    this.#lines = grep === undefined ? undefined : new MatchingLines(grep)
    this.#unseen = new Set(selection.names)
  }

  /** The names that were asked for, and of which there was no event. */
  get unseenNames(): string[] {
    return [...this.#unseen]
  }

  /** The names of all commands. */
  get seenNames(): string[] {
    return [...this.#seen]
  }

  /** Whether it is of the time that is asked for. */
  isRecent({ t }: ShownEvent): boolean {
    const { since } = this.#selection
    if (since === undefined) return true
    return t >= (since.kind === 'epoch' ? since.ms : (this.#beganAt ?? 0) + since.ms)
  }

  /** What is to be shown when this event comes. */
  pass(event: ShownEvent): ShownEvent[] {
    this.#beganAt ??= event.t
    if (event.name !== undefined) this.#see(event.name)
    if (!this.#isChosen(event)) return []
    const chosen: ShownEvent = event.type === 'start' && this.#isPartial ? { ...event, filtered: true } : event
    return this.#recent(this.#lines?.pass(chosen) ?? [chosen])
  }

  /** What is to be shown when no more events come. */
  end(): ShownEvent[] {
    return this.#recent(this.#lines?.end() ?? [])
  }

  #see(name: string): void {
    this.#seen.add(name)
    this.#unseen.delete(name)
  }

  #isChosen(event: ShownEvent): boolean {
    const { names, only } = this.#selection
    if (names.length > 0 && (event.name === undefined || !names.includes(event.name))) return false
    return event.type !== 'output' || only === undefined || event.stream === only
  }

  /** Looked at last: a line counts as late as its end. */
  #recent(events: ShownEvent[]): ShownEvent[] {
    return events.filter((event) => event.type !== 'output' || this.isRecent(event))
  }
}
