/** What to do about the signals that we get. */
interface SignalHandlers {
  /** For the first signal that asks us to end. */
  onInterrupt: (killSignal: NodeJS.Signals) => void
  /** For each later one, unless nobody meant it as a second. */
  onInterruptAgain: () => void
  /** We are about to be suspended, as after Ctrl-Z. */
  onSuspend: () => void
  /** We go on. */
  onResume: () => void
}

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Milliseconds after a signal in which another is taken for the same one, which reached us in two ways. */
const sameMs = 100

/** Handles our signals until it is disposed of. */
export function handleSignals({ onInterrupt, onInterruptAgain, onSuspend, onResume }: SignalHandlers): Disposable {
  let firstMs: number | undefined
  const end = (killSignal: NodeJS.Signals): void => {
    const sinceMs = firstMs === undefined ? undefined : performance.now() - firstMs
    firstMs ??= performance.now()
    if (sinceMs === undefined) onInterrupt(killSignal)
    // A terminal that goes away sends SIGHUP, and so do a shell and a service manager that see it go.
    else if (killSignal !== 'SIGHUP' && sinceMs > sameMs) onInterruptAgain()
  }
  const suspend = (): void => {
    onSuspend()
    // Our own handler replaces what the signal does. If nobody could resume us, that is nothing.
    process.off('SIGTSTP', suspend)
    process.kill(process.pid, 'SIGTSTP')
    process.on('SIGTSTP', suspend)
    onResume()
  }
  for (const killSignal of endingSignals) process.on(killSignal, end)
  // Windows has none of them.
  if (process.platform !== 'win32') process.on('SIGTSTP', suspend).on('SIGCONT', onResume)
  return {
    [Symbol.dispose]: () => {
      for (const killSignal of endingSignals) process.off(killSignal, end)
      process.off('SIGTSTP', suspend).off('SIGCONT', onResume)
    },
  }
}
