import { ticks } from 'rivulet'
import { isInForeground } from './is-in-foreground.ts'
import type { Screen } from './screen.ts'
import type { StatusLine } from './status-line.ts'
import { terminalSize } from './terminal-size.ts'

/** Milliseconds between two looks at the clock. */
const intervalMs = 1000
/** Of these: what is over sooner needs no status. */
const firstShown = 3

/** What the status line tells of. */
export interface KeptStatus {
  screen: Screen
  line: StatusLine
  running: () => number
}

/** Shows the status line of what runs long, until it is told to stop. */
export async function keepStatus({ screen, line, running }: KeptStatus, signal: AbortSignal): Promise<void> {
  for await (const tick of ticks(intervalMs, { signal })) {
    if (tick < firstShown) continue
    const { columns } = terminalSize(process.stderr)
    const text = line.text({ elapsedMs: tick * intervalMs, running: running(), columns })
    screen.showStatus(isInForeground() ? text : undefined)
  }
}
