import type { ShownEvent } from '../shown-event.ts'

/** An event as a line of JSON Lines: the name of its command first, the rest as it was made. */
export function eventLine(event: ShownEvent): string {
  const { name } = event
  return `${JSON.stringify(name === undefined ? event : { name, ...event })}\n`
}
