import { isatty } from 'node:tty'
import { exitCodeOfSignal, ownFailure } from '../../exit-code.ts'
import { reportError } from '../../screen/report-error.ts'
import type { RunRequest } from './request.ts'
import { RunSession } from './session.ts'

/** Runs the commands, displays what they print, and gives the exit code. */
export async function perform(request: RunRequest): Promise<number> {
  // Asked first: a terminal that hangs up is no terminal any more.
  const isAtTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor))
  let session: RunSession
  try {
    session = await RunSession.open(request)
  } catch (error) {
    reportError(error)
    return ownFailure
  }
  const code = await session.run()
  if (session.interruptedBy === 'SIGHUP' && isAtTerminal) {
    // Node cannot end in any other way if the terminal is gone: it would restore its settings, and abort.
    process.kill(process.pid, 'SIGHUP')
  }
  // A write that nobody waits for would keep our process for as long as our reader takes nothing.
  if (session.hasDiscarded) process.exit(code)
  if (session.interruptedBy === 'SIGINT' && code === exitCodeOfSignal('SIGINT') && isAtTerminal) {
    // A shell that runs us in a loop ends the loop only for a command that the signal has ended. Its `$?` is the same.
    process.kill(process.pid, 'SIGINT')
  }
  return code
}
