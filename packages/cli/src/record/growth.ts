import { watch, type FSWatcher } from 'node:fs'

/** Tells when a file may have grown: by the system's word where it gives one (not so on network drives), and by looking. */
export class Growth implements Disposable {
  readonly #pollMs: number
  #watcher: FSWatcher | undefined
  #hasChanged = false
  #onChange: () => void = () => undefined

  constructor(path: string, pollMs: number) {
    this.#pollMs = pollMs
    try {
      this.#watcher = watch(path, () => {
        this.#hasChanged = true
        this.#onChange()
      })
      this.#watcher.on('error', () => this.#watcher?.close())
    } catch {
      // No such word is to be had here: looking is enough.
    }
  }

  /** Resolves when it may have grown, after `pollMs` at the latest. Says whether there was word of it. */
  async wait(signal: AbortSignal): Promise<boolean> {
    if (!this.#hasChanged) await this.#changeOrPoll(signal)
    signal.throwIfAborted()
    const hasChanged = this.#hasChanged
    this.#hasChanged = false
    return hasChanged
  }

  [Symbol.dispose](): void {
    this.#watcher?.close()
  }

  #changeOrPoll(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, this.#pollMs)
      signal.addEventListener('abort', done)
      this.#onChange = done
      if (signal.aborted) done()
    })
  }
}
