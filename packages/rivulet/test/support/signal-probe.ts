type Listener = Parameters<AbortSignal['addEventListener']>[1]
type Options = Parameters<AbortSignal['addEventListener']>[2]

/** An `AbortController` whose signal counts who listens. */
export class SignalProbe {
  readonly #controller = new AbortController()
  readonly #listeners = new Set<Listener>()
  /** Every `addEventListener` there ever was. */
  added = 0

  constructor() {
    const { signal } = this
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (type: string, listener: Listener, options?: Options): void => {
      this.added++
      this.#listeners.add(listener)
      add(type, listener, options)
    }
    signal.removeEventListener = (type: string, listener: Listener, options?: Options): void => {
      this.#listeners.delete(listener)
      remove(type, listener, options)
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** How many listen now. */
  get listeners(): number {
    return this.#listeners.size
  }

  abort(reason?: unknown): void {
    this.#controller.abort(reason)
  }
}
