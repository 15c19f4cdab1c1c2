/** Everything that listens to a signal, through one listener: Node warns of a leak if there are more than ten. */
class Listeners {
  readonly #callbacks = new Set<() => void>()
  readonly #signal: AbortSignal

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  add(callback: () => void): void {
    if (this.#callbacks.size === 0) this.#signal.addEventListener('abort', this.#onAbort)
    this.#callbacks.add(callback)
  }

  delete(callback: () => void): void {
    this.#callbacks.delete(callback)
    if (this.#callbacks.size === 0) this.#signal.removeEventListener('abort', this.#onAbort)
  }

  readonly #onAbort = (): void => {
    for (const callback of [...this.#callbacks]) callback()
  }
}

const listenersOf = new WeakMap<AbortSignal, Listeners>()

/** Calls back when the signal is aborted. The function it gives ends the listening. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let listeners = listenersOf.get(signal)
  if (listeners === undefined) {
    listeners = new Listeners(signal)
    listenersOf.set(signal, listeners)
  }
  listeners.add(callback)
  return () => listeners.delete(callback)
}
