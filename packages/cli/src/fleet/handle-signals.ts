/** Who is told of the signals that we get. */
export interface SignalHandlers {
  /** For the first that asks us to end. */
  onEnd: (killSignal: NodeJS.Signals) => void
  /** For each later one, but those that nobody has meant as a second. */
  onInsist: () => void
  /** We are about to stand still, as after Ctrl-Z. */
  onStop: () => void
  /** We go on. */
  onContinue: () => void
}

const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Milliseconds after a signal in which another is taken for the same, which came to us in two ways. */
const sameMs = 100

/** Takes our signals in hand, until it is disposed of. */
export function handleSignals({ onEnd, onInsist, onStop, onContinue }: SignalHandlers): Disposable {
  let lastMs: number | undefined
  const end = (killSignal: NodeJS.Signals): void => {
    const sinceMs = lastMs === undefined ? undefined : performance.now() - lastMs
    lastMs ??= performance.now()
    if (sinceMs === undefined) onEnd(killSignal)
    // A terminal that goes away sends SIGHUP, and so do a shell and a service manager that see it go.
    else if (killSignal !== 'SIGHUP' && sinceMs > sameMs) onInsist()
  }
  const stop = (): void => {
    onStop()
    // Our own handler has taken the place of what the signal does. Where nobody could let us go on, that is nothing.
    process.off('SIGTSTP', stop)
    process.kill(process.pid, 'SIGTSTP')
    process.on('SIGTSTP', stop)
    onContinue()
  }
  for (const killSignal of ending) process.on(killSignal, end)
  // Windows has none of them.
  if (process.platform !== 'win32') process.on('SIGTSTP', stop).on('SIGCONT', onContinue)
  return {
    [Symbol.dispose]: () => {
      for (const killSignal of ending) process.off(killSignal, end)
      process.off('SIGTSTP', stop).off('SIGCONT', onContinue)
    },
  }
}
