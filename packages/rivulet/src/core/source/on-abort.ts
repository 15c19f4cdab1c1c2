interface Listening {
  readonly callbacks: Set<() => void>
  readonly listener: () => void
}

const listeningTo = new WeakMap<AbortSignal, Listening>()

/**
 * Calls back when the signal is aborted, until what this gives is called. All callbacks for a signal share one listener, since
 * Node warns of a leak where there are more than ten.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let listening = listeningTo.get(signal)
  if (listening === undefined) {
    const callbacks = new Set<() => void>()
    const listener = (): void => {
      for (const call of [...callbacks]) call()
    }
    listening = { callbacks, listener }
    listeningTo.set(signal, listening)
  }
  const { callbacks, listener } = listening
  if (callbacks.size === 0) signal.addEventListener('abort', listener)
  callbacks.add(callback)
  return () => {
    if (callbacks.delete(callback) && callbacks.size === 0) signal.removeEventListener('abort', listener)
  }
}
