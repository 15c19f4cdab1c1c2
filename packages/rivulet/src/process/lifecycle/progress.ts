import type { EndReason } from '../status.ts'

/** How far a program has come and why it ends: the decisions, without a process. */
export class Progress {
  /** Streams that are still read. */
  #open = 2
  #hasExited = false
  /** Why it ends: the first cause stays. */
  reason: EndReason | undefined
  /** Whether the streams are read to their end, and not closed before. */
  isDrained = true
  isOver = false

  /** Decides why it ends, unless that is decided already. Says whether it was not. */
  decide(reason: EndReason): boolean {
    if (this.reason !== undefined) return false
    this.reason = reason
    return true
  }

  /** The program has ended. Says whether all is over with it, by itself. */
  exited(): boolean {
    this.#hasExited = true
    return this.#endsByItself()
  }

  /** A stream is read to its end. Says whether all is over with it, by itself. */
  streamEnded(): boolean {
    this.#open--
    return this.#endsByItself()
  }

  /** Both streams are read and the program has ended, and nobody is ending it. */
  #endsByItself(): boolean {
    return this.#hasExited && this.#open === 0 && this.decide('exited')
  }
}
