import { ownFailure, signalCode } from './exit-code.ts'
import { Screen } from './screen/screen.ts'
import { tell } from './screen/tell.ts'
import type { ShowCommandRequest } from './show-command-request.ts'
import { systemClock } from './show/clock.ts'
import { firstNames } from './show/first-names.ts'
import { Interruption } from './show/interruption.ts'
import { RecordShowing, type ShowingEnd } from './show/record-showing.ts'

/** Where our reader has left, as any program ends that writes to a pipe which nobody reads. */
const exitCodes: Record<ShowingEnd, number> = {
  whole: 0,
  left: signalCode('SIGPIPE'),
  faulty: 1,
  unreadable: ownFailure,
}

/**
 * Shows a saved run. Gives the exit code to end with: 0 when it was shown whole, 1 when lines of it were broken or its end
 * is missing, 125 when it cannot be read, 128 and the number of the signal that ended us.
 */
export async function showCommand(request: ShowCommandRequest): Promise<number> {
  using interruption = new Interruption()
  const screen = new Screen()
  // Nobody waits any more for a reader that is slow; a terminal is written to at once.
  interruption.signal.addEventListener('abort', () => screen.isStdoutTerminal || screen.abandon())
  let showing: RecordShowing | undefined
  let code: number
  try {
    const names = request.names.length > 0 ? request.names : await firstNames(request.path)
    showing = new RecordShowing(request, { names, screen, clock: systemClock, signal: interruption.signal })
    code = exitCodes[await showing.run()]
    await screen.close()
  } catch (error) {
    code = ownFailure
    if (interruption.exitCode === undefined) tell(error)
  }
  if (interruption.exitCode === undefined) return code
  if (showing?.isLineOpen === true) await screen.write([{ to: 'stdout', text: '\u001b[0m\n' }], false)
  await screen.close()
  interruption.passOn()
  // A write that nobody waits for any more would keep our process for as long as our reader stands still.
  if (!screen.isStdoutTerminal) process.exit(interruption.exitCode)
  return interruption.exitCode
}
