import { stat } from 'node:fs/promises'
import { readRecord } from '../../record/read-record.ts'

/** How many events to look at: if there are many commands they begin one after the other, and some print meanwhile. */
const firstEvents = 256

/**
 * The names with which a record begins, so that its lines have one width from the first on. None if it cannot be read twice, as
 * a pipe, or not at all.
 */
export async function firstNames(path: string): Promise<string[]> {
  const names = new Set<string>()
  try {
    if (path === '-' || !(await stat(path)).isFile()) return []
    let count = 0
    for await (const { name } of readRecord(path)) {
      if (name !== undefined) names.add(name)
      if (++count === firstEvents) break
    }
  } catch {
    // The next reading meets the error too, and reports it.
  }
  return [...names]
}
