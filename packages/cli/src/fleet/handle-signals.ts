/** Who is told of the signals that we get. */
export interface SignalHandlers {
  /** For each that asks us to end. */
  onEnd: (killSignal: NodeJS.Signals) => void
  /** We are about to stand still, as after Ctrl-Z. */
  onStop: () => void
  /** We go on. */
  onContinue: () => void
}

const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Takes our signals in hand, until it is disposed of. */
export function handleSignals({ onEnd, onStop, onContinue }: SignalHandlers): Disposable {
  const stop = (): void => {
    onStop()
    // Our own handler has taken the place of what the signal does.
    process.kill(process.pid, 'SIGSTOP')
  }
  for (const killSignal of ending) process.on(killSignal, onEnd)
  // Windows has none of them.
  if (process.platform !== 'win32') process.on('SIGTSTP', stop).on('SIGCONT', onContinue)
  return {
    [Symbol.dispose]: () => {
      for (const killSignal of ending) process.off(killSignal, onEnd)
      process.off('SIGTSTP', stop).off('SIGCONT', onContinue)
    },
  }
}
