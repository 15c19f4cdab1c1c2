/**
 * When the pipes outlive the program: says that it is enough after `drainMs` without a byte. Only time in which the
 * consumer waits is counted, so that a slow one is never cut.
 */
export class Drain {
  readonly #drainMs: number
  readonly #onEnough: () => void
  #timer: NodeJS.Timeout | undefined
  #lastLook: NodeJS.Immediate | undefined
  #hasExited = false
  #asking = 0
  #isStopped = false

  constructor(drainMs: number, onEnough: () => void) {
    this.#drainMs = drainMs
    this.#onEnough = onEnough
  }

  exited(): void {
    this.#hasExited = true
    this.byte()
  }

  /** A byte came: the time begins anew. */
  byte(): void {
    this.#disarm()
    if (this.#hasExited && !this.#isStopped && this.#asking > 0) this.#timer = setTimeout(this.#onTime, this.#drainMs)
  }

  asks(): void {
    if (this.#asking++ === 0 && this.#hasExited) this.byte()
  }

  answered(): void {
    if (--this.#asking === 0) this.#disarm()
  }

  /** For good: a run that is being stopped keeps its pipes open to the end. */
  stop(): void {
    this.#isStopped = true
    this.#disarm()
  }

  /** Where the event loop was held up, the timer fires before what has come meanwhile is read: one more turn reads it. */
  readonly #onTime = (): void => {
    this.#lastLook = setImmediate(this.#onEnough)
  }

  #disarm(): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#lastLook)
  }
}
