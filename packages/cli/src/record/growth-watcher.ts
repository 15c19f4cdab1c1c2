import { watch, type FSWatcher } from 'node:fs'

/** Tells when a file may have grown: when the system says so, which it does not on network drives, and every `pollMs`. */
export class GrowthWatcher implements Disposable {
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
      // The file cannot be watched here: polling is enough.
    }
  }

  /** Resolves when the file may have grown, after `pollMs` at the latest, with whether the system said so. */
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
