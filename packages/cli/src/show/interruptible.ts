import { exitCodeOfSignal, ownFailure } from '../exit-code.ts'
import { Screen } from '../screen/screen.ts'
import { tell } from '../screen/tell.ts'
import { Interruption } from './interruption.ts'

/** How a command is interrupted. */
interface Interrupting {
  /** Whether it has left a line on the terminal without its newline, which is put right. */
  isLineOpen?: () => boolean
  /** Whether a signal ends us as it ends any program: at once, and with nothing put right. */
  isLeftToSignals?: boolean
}

/**
 * Performs what writes to a screen and may be ended by a signal, also where whoever reads it stands still. Gives the exit code
 * to end with: that of what was performed, 125 where it has thrown, which is told, 141 where our reader has left, or 128 and the
 * number of the signal.
 */
export async function interruptible(
  perform: (screen: Screen, signal: AbortSignal) => Promise<number>,
  { isLineOpen = () => false, isLeftToSignals = false }: Interrupting = {},
): Promise<number> {
  using interruption = new Interruption()
  if (isLeftToSignals) interruption[Symbol.dispose]()
  const screen = new Screen()
  // Nobody waits any more for a reader that is slow; a terminal is written to at once.
  interruption.signal.addEventListener('abort', () => screen.isStdoutTerminal || screen.abandon())
  let code: number
  try {
    code = await perform(screen, interruption.signal)
    await screen.close()
    // Where our reader has left, as any program ends that writes to a pipe which nobody reads.
    if (!(await screen.write([], false))) code = exitCodeOfSignal('SIGPIPE')
  } catch (error) {
    code = ownFailure
    if (interruption.exitCode === undefined) tell(error)
  }
  if (interruption.exitCode === undefined) return code
  try {
    if (isLineOpen()) await screen.write([{ to: 'stdout', text: '\u001b[0m\n' }], false)
    await screen.close()
  } catch {
    // It cannot be written to, and what ends us is the signal.
  }
  interruption.passOn()
  // A write that nobody waits for any more would keep our process for as long as our reader stands still.
  if (!screen.isStdoutTerminal) process.exit(interruption.exitCode)
  return interruption.exitCode
}
