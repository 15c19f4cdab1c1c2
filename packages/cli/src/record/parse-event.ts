import type { CommandEvent } from '../command-event.ts'
import { wrongEvent, type Fields } from './wrong-event.ts'

/** What a line of a record is: an event, or why it is none. */
export type ParsedEvent = { event: CommandEvent } | { why: string }

/** Reads one line of a record. What an event has beside its known members is kept as it is. */
export function parseEvent(line: string): ParsedEvent {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // What the engine says of it shows parts of the line as they are, and is worded anew with every version.
    return { why: 'not JSON' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { why: `not an event: ${Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`}` }
  }
  const why = wrongEvent(value as Fields)
  return why === undefined ? { event: value as CommandEvent } : { why }
}
