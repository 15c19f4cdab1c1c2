import { macrotask } from './macrotask.ts'

/** Items after which the event loop has its turn. */
const itemsPerTurn = 1024

/** Counts the items of a source that is asked again as soon as it has answered, so that the event loop has its turn. */
export class Turns {
  readonly #onTaken: () => void
  #items = 0
  /** Whether the source is not to be asked before the event loop had its turn. */
  isDue = false

  /** `onTaken` is called when the event loop had its turn. */
  constructor(onTaken: () => void) {
    this.#onTaken = onTaken
  }

  count(): void {
    if (++this.#items < itemsPerTurn) return
    this.#items = 0
    this.isDue = true
    macrotask(() => {
      this.isDue = false
      this.#onTaken()
    })
  }
}
