import { readFileSync } from 'node:fs'
import { ticks } from 'rivulet'
import type { Screen } from '../../../screen/screen.ts'
import { terminalSize } from '../../../screen/terminal-size.ts'
import type { StatusLine } from './status-line.ts'

/** Milliseconds between two updates. */
const intervalMs = 1000
/** The first interval with a status line: a run that is over sooner needs none. */
const firstShown = 3

/** What the status line is about. */
interface StatusOptions {
  screen: Screen
  line: StatusLine
  running: () => number
}

/** Shows the status line of a long run until it is told to stop. */
export async function keepStatus({ screen, line, running }: StatusOptions, signal: AbortSignal): Promise<void> {
  for await (const tick of ticks(intervalMs, { signal })) {
    if (tick < firstShown) continue
    const { columns } = terminalSize(process.stderr)
    const text = line.text({ elapsedMs: tick * intervalMs, running: running(), columns })
    screen.showStatus(isInForeground() ? text : undefined)
  }
}

/** Whether the terminal is ours just now, and not the shell's that has put us into the background. */
function isInForeground(): boolean {
  try {
    return isForeground(readFileSync('/proc/self/stat', 'utf8'))
  } catch {
    // Only Linux says it in this way.
    return true
  }
}

/** Whether a process is in the foreground, by the text of its `/proc/PID/stat`. */
export function isForeground(stat: string): boolean {
  // The name before it is in parentheses, and may have anything in it.
  const [, , , group, , , foregroundGroup] = stat.slice(stat.lastIndexOf(')') + 1).split(' ')
  // Without a terminal of its session there is no background either.
  return group === foregroundGroup || foregroundGroup === '-1'
}
