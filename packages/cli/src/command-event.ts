import type { RunEvent } from 'rivulet/process'

/** An event of a command, as it is shown and saved: what its run gives, and what only `rivulet run` knows. */
export type CommandEvent = RunEvent & {
  /** The name of the command, if it was given one. */
  name?: string
  /** Of an `exit`: the command is started again in so many milliseconds. */
  restartMs?: number
  /** Of a `start`: some events of this run are left out, because `show` has chosen the others. */
  filtered?: true
}

/** An event as a line of JSON Lines: the name of its command first, the rest as it was made. */
export function eventLine(event: CommandEvent): string {
  const { name } = event
  return `${JSON.stringify(name === undefined ? event : { name, ...event })}\n`
}
