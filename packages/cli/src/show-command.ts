import { exitCodeOfSignal, ownFailure } from './exit-code.ts'
import { refuseOwnRecord } from './record/refuse-own-record.ts'
import type { ShowCommandRequest } from './show-command-request.ts'
import { systemClock } from './show/clock.ts'
import { firstNames } from './show/first-names.ts'
import { interruptible } from './show/interruptible.ts'
import { RecordShowing, type ShowingEnd } from './show/record-showing.ts'

const exitCodes: Record<ShowingEnd, number> = {
  whole: 0,
  left: exitCodeOfSignal('SIGPIPE'),
  faulty: 1,
  unreadable: ownFailure,
}

/**
 * Shows a saved run. Gives the exit code to end with: 0 when it was shown whole, 1 when lines of it were broken or its end
 * is missing, 125 when it cannot be read, 128 and the number of the signal that ended us.
 */
export function showCommand(request: ShowCommandRequest): Promise<number> {
  let showing: RecordShowing | undefined
  return interruptible(
    async (screen, signal) => {
      await refuseOwnRecord(request.path)
      const names = request.names.length > 0 ? request.names : await firstNames(request.path)
      showing = new RecordShowing(request, { names, screen, clock: systemClock, signal })
      return exitCodes[await showing.run()]
    },
    {
      isLineOpen: () => showing?.isLineOpen === true,
      // An expression may take for ever, and no signal is heard meanwhile. Shown are whole lines: nothing has to be put right.
      isLeftToSignals: request.grep !== undefined,
    },
  )
}
