/** Answers calls in the order in which they are made: each begins when the one before it has been answered. */
export class CallOrder {
  #waiting = 0
  #last: Promise<unknown> = Promise.resolve()

  /** Whether a call is being answered. */
  get isBusy(): boolean {
    return this.#waiting > 0
  }

  /** Has `answer` called after those that wait, or at once if there are none. */
  add<T>(answer: () => Promise<T>): Promise<T> {
    const answered = this.#waiting > 0 ? this.#last.then(answer) : answer()
    const settled = (): number => this.#waiting--
    this.#waiting++
    this.#last = answered.then(settled, settled)
    return answered
  }
}
