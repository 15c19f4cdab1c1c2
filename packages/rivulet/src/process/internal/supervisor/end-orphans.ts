import { setTimeout as pause } from 'node:timers/promises'
import { groupLives } from '../platform/linux-process-table.ts'

/** Milliseconds between two looks at a group that was killed. */
const pauseMs = 2

/**
 * Kills the group that a supervisor left behind that was killed itself, and resolves when nobody of it lives. The system
 * kills only the program itself, for whose id, which is the group's, there is nobody else as long as the group has members.
 */
export async function endOrphans(id: number): Promise<void> {
  while (isKilled(id) && groupLives(id)) await pause(pauseMs)
}

/** Says whether there was someone who could be killed. */
function isKilled(id: number): boolean {
  try {
    process.kill(-id, 'SIGKILL')
    return true
  } catch {
    // Nobody is there any more, or nobody whom we may kill, and who is then not waited for.
    return false
  }
}
