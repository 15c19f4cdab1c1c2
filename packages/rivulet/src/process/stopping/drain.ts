/**
 * Watches the pipes of a program that has exited: something that outlives it holds them. Reports when they have been silent
 * for `drainMs`. Only time in which the consumer waits is counted, so that a slow one loses nothing.
 */
export class Drain {
  readonly #drainMs: number
  readonly #isAwaited: () => boolean
  readonly #onSilence: () => void
  #timer: NodeJS.Timeout | undefined
  #lastLook: NodeJS.Immediate | undefined
  #isCancelled = false

  constructor(drainMs: number, isAwaited: () => boolean, onSilence: () => void) {
    this.#drainMs = drainMs
    this.#isAwaited = isAwaited
    this.#onSilence = onSilence
    this.restart()
  }

  /** A byte came, or the consumer begins to wait: the time begins anew. */
  restart(): void {
    this.pause()
    if (!this.#isCancelled && this.#isAwaited()) this.#timer = setTimeout(this.#onTime, this.#drainMs)
  }

  /** The consumer no longer waits. */
  pause(): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#lastLook)
  }

  /** For good: a run that is being stopped keeps its pipes open to the end. */
  cancel(): void {
    this.#isCancelled = true
    this.pause()
  }

  /** If the event loop was held up, the timer fires before what has come meanwhile is read: one more turn reads it. */
  readonly #onTime = (): void => {
    this.#lastLook = setImmediate(this.#onSilence)
  }
}
