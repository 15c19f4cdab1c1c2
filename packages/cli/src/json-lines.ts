import type { Run } from 'rivulet/process'

/** A run as JSON Lines: one event a line. */
export async function* jsonLines(child: Run): AsyncGenerator<string> {
  for await (const event of child.events()) yield `${JSON.stringify(event)}\n`
}
