import type { CommandEvent } from '../../command-event.ts'
import { MatchingLines } from './matching-lines.ts'
import type { ShowRequest } from './request.ts'

/** What decides which events are shown. */
export type Selection = Pick<ShowRequest, 'only' | 'names' | 'grep' | 'since'>

/**
 * Selects what is shown of a record. Starts and exits stay, unless their command is not shown, so that what is shown is a
 * record again; the start of a run whose output is left out in part says so, because the numbers of its events have gaps.
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

  /** The names that were asked for, and that no event had. */
  get unseenNames(): string[] {
    return [...this.#unseen]
  }

  /** The names of all commands. */
  get seenNames(): string[] {
    return [...this.#seen]
  }

  /** Whether an event is of the time that is asked for. */
  isRecent({ t }: CommandEvent): boolean {
    const { since } = this.#selection
    if (since === undefined) return true
    return t >= (since.kind === 'epoch' ? since.ms : (this.#beganAt ?? 0) + since.ms)
  }

  /** What to show when this event comes. */
  select(event: CommandEvent): CommandEvent[] {
    this.#beganAt ??= event.t
    if (event.name !== undefined) this.#see(event.name)
    if (!this.#isSelected(event)) return []
    const selected: CommandEvent = event.type === 'start' && this.#isPartial ? { ...event, filtered: true } : event
    return this.#recent(this.#lines?.select(selected) ?? [selected])
  }

  /** No more events come. Gives what is left to show. */
  close(): CommandEvent[] {
    return this.#recent(this.#lines?.close() ?? [])
  }

  #see(name: string): void {
    this.#seen.add(name)
    this.#unseen.delete(name)
  }

  #isSelected(event: CommandEvent): boolean {
    const { names, only } = this.#selection
    if (names.length > 0 && (event.name === undefined || !names.includes(event.name))) return false
    return event.type !== 'output' || only === undefined || event.stream === only
  }

  /** Looked at last: a line counts as late as its end. */
  #recent(events: CommandEvent[]): CommandEvent[] {
    return events.filter((event) => event.type !== 'output' || this.isRecent(event))
  }
}
