import { isatty } from 'node:tty'
import { exitCodeOfSignal, ownFailure } from '../exit-code.ts'
import { openOutputs } from './outputs.ts'
import { reportError } from './report-error.ts'
import { Screen } from './screen.ts'

/** How a command is interrupted. */
interface InterruptOptions {
  /** Whether what is written in one turn of the event loop is gathered. */
  isGathering?: boolean
  /** Whether it has left a line on the terminal without its newline, which is put right. */
  isLineOpen?: () => boolean
  /** Whether a signal ends us as it ends any program: at once, and nothing is put right. */
  isLeftToSignals?: boolean
}

/**
 * Performs something that writes to a screen and may be ended by a signal, even while our reader takes nothing. Gives its exit
 * code, or 125 if it threw, which is reported, 141 if our reader has left, 128 plus the number of the signal.
 */
export async function interruptible(
  perform: (screen: Screen, signal: AbortSignal) => Promise<number>,
  { isGathering = false, isLineOpen = () => false, isLeftToSignals = false }: InterruptOptions = {},
): Promise<number> {
  using interruption = new Interruption()
  if (isLeftToSignals) interruption[Symbol.dispose]()
  const screen = new Screen(openOutputs(), { isGathering })
  // Nobody waits any more for a slow reader; a terminal is written to at once.
  interruption.signal.addEventListener('abort', () => screen.isStdoutTerminal || screen.discard())
  let code: number
  try {
    code = await perform(screen, interruption.signal)
    await screen.close()
    // If our reader has left, end as any program that writes to a pipe which nobody reads.
    if (!(await screen.write([], false))) code = exitCodeOfSignal('SIGPIPE')
  } catch (error) {
    code = ownFailure
    if (interruption.exitCode === undefined) reportError(error)
  }
  if (interruption.exitCode === undefined) return code
  try {
    if (isLineOpen()) await screen.write([{ to: 'stdout', text: '\u001b[0m\n' }], false)
    await screen.close()
  } catch {
    // It cannot be written to, and it is the signal that ends us.
  }
  interruption.endBySignal()
  // A write that nobody waits for would keep our process for as long as our reader takes nothing.
  if (!screen.isStdoutTerminal) process.exit(interruption.exitCode)
  return interruption.exitCode
}

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Handles the signals that ask us to end. The first of a kind aborts, the second does what it does to any program. */
class Interruption implements Disposable {
  readonly #controller = new AbortController()
  #killSignal: NodeJS.Signals | undefined

  constructor() {
    for (const name of endingSignals) process.once(name, this.#interrupt)
  }

  /** Aborts when one comes. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** 128 plus the number of the signal; undefined if none came. */
  get exitCode(): number | undefined {
    return this.#killSignal === undefined ? undefined : exitCodeOfSignal(this.#killSignal)
  }

  /**
   * On a terminal, ends us by the signal itself if it came from Ctrl-C: a shell that runs us in a loop ends the loop only for
   * a command that the signal has ended. Its `$?` is the same.
   */
  endBySignal(): void {
    this[Symbol.dispose]()
    if (this.#killSignal === 'SIGINT' && [0, 1, 2].some((fd) => isatty(fd))) process.kill(process.pid, 'SIGINT')
  }

  [Symbol.dispose](): void {
    for (const name of endingSignals) process.off(name, this.#interrupt)
  }

  readonly #interrupt = (name: NodeJS.Signals): void => {
    this.#killSignal ??= name
    this.#controller.abort()
  }
}
