import { stat } from 'node:fs/promises'
import { exitCodeOfSignal, ownFailure } from '../../exit-code.ts'
import { readRecord } from '../../record/read-record.ts'
import { refuseOwnRecord } from '../../record/refuse-own-record.ts'
import { interruptible } from '../../screen/interruptible.ts'
import { systemClock } from './pace.ts'
import { Replay, type ReplayOutcome } from './replay.ts'
import type { ShowRequest } from './request.ts'

const exitCodes: Record<ReplayOutcome, number> = {
  whole: 0,
  left: exitCodeOfSignal('SIGPIPE'),
  faulty: 1,
  unreadable: ownFailure,
}

/**
 * Shows a saved run. Gives the exit code: 0 if all of it was shown, 1 if it has broken lines or its end is missing, 125 if it
 * cannot be read, 128 plus the number of the signal that ended us.
 */
export function perform(request: ShowRequest): Promise<number> {
  let replay: Replay | undefined
  return interruptible(
    async (screen, signal) => {
      await refuseOwnRecord(request.path)
      const names = request.names.length > 0 ? request.names : await firstNames(request.path)
      replay = new Replay(request, { names, screen, clock: systemClock, signal })
      return exitCodes[await replay.run()]
    },
    {
      // The events of one chunk of a file come at once, and a write for each is what would take the longest.
      isGathering: true,
      isLineOpen: () => replay?.isLineOpen === true,
      // A regular expression may take for ever, and no signal is handled meanwhile. What is shown then are whole lines: there is
      // nothing to put right.
      isLeftToSignals: request.grep !== undefined,
    },
  )
}

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
