import { isatty } from 'node:tty'
import { ownFailure, exitCodeOfSignal } from './exit-code.ts'
import { RunSession } from './fleet/run-session.ts'
import type { RunRequest } from './run-request.ts'
import { tell } from './screen/tell.ts'

/** Runs the commands, shows what they print, and gives the exit code to end with. */
export async function runCommand(request: RunRequest): Promise<number> {
  // A terminal that hangs up is none any more.
  const isAtTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor))
  let session: RunSession
  try {
    session = await RunSession.open(request)
  } catch (error) {
    tell(error)
    return ownFailure
  }
  const code = await session.run()
  if (session.interruptedBy === 'SIGHUP' && isAtTerminal) {
    // Node cannot end in another way where the terminal is gone: it would put its state right, and abort.
    process.kill(process.pid, 'SIGHUP')
  }
  // A write that nobody waits for any more would keep our process for as long as our reader stands still.
  if (session.isAbandoned) process.exit(code)
  if (session.interruptedBy === 'SIGINT' && code === exitCodeOfSignal('SIGINT') && isAtTerminal) {
    // A shell that runs us in a loop ends it only for a command that the signal has ended. Its `$?` is the same.
    process.kill(process.pid, 'SIGINT')
  }
  return code
}
