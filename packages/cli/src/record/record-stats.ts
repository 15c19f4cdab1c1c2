import { fstatSync, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'

/** What the system says of a file, or of our own stdin (`-`); `undefined` where it is not there, or not to be seen. */
export async function recordStats(path: string): Promise<Stats | undefined> {
  try {
    return path === '-' ? fstatSync(0) : await stat(path)
  } catch {
    // Why it cannot be used is told by whoever uses it.
    return undefined
  }
}
