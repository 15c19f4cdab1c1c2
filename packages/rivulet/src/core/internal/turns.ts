import { macrotask } from './macrotask.ts'

/** Deliveries after which the event loop is given a turn. */
const deliveriesPerTurn = 1024

/** Gives the event loop a turn now and then where items never have to be waited for. */
export class Turns {
  readonly #counted: 0 | 1
  #deliveries = 0
  #isTaken = false

  /** `isNeeded` says whether deliveries are counted at all. */
  constructor(isNeeded: boolean) {
    this.#counted = isNeeded ? 1 : 0
  }

  /** Whether nothing is to be delivered before the event loop had its turn. */
  get isDue(): boolean {
    return this.#deliveries >= deliveriesPerTurn
  }

  count(): void {
    this.#deliveries += this.#counted
  }

  /** Lets the event loop have its turn, and calls back after it. */
  take(resume: () => void): void {
    if (this.#isTaken) return
    this.#isTaken = true
    macrotask(() => {
      this.#isTaken = false
      this.#deliveries = 0
      resume()
    })
  }
}
