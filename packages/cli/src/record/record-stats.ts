import { fstatSync, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'

/** The stats of a file, or of our own stdin (`-`); `undefined` where there is none, or where it may not be seen. */
export async function recordStats(path: string): Promise<Stats | undefined> {
  try {
    return path === '-' ? fstatSync(0) : await stat(path)
  } catch {
    // Whoever uses the file says why it cannot be used.
    return undefined
  }
}
