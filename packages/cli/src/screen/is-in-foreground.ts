import { readFileSync } from 'node:fs'

/** Whether the terminal is ours by now, and not the shell's that has put us into the background. */
export function isInForeground(): boolean {
  try {
    return isForeground(readFileSync('/proc/self/stat', 'utf8'))
  } catch {
    // Only Linux tells of it in this way.
    return true
  }
}

/** What the text of `/proc/PID/stat` says of it. */
export function isForeground(stat: string): boolean {
  // The name before it is in parentheses, and may have anything in it.
  const [, , , group, , , foregroundGroup] = stat.slice(stat.lastIndexOf(')') + 1).split(' ')
  // Without a terminal of its session nobody is told.
  return group === foregroundGroup || foregroundGroup === '-1'
}
