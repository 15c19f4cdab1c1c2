/**
 * Whose output is shown when the output of each command is kept together, without any output itself. One command is shown
 * as it runs; what comes of the others is held until it is over. Then those are shown that are over too, in the order in
 * which they ended, and of the others the one that was begun first goes on as it runs.
 */
export class GroupOrder {
  /** Of those that are not over, the one that is shown as it runs. */
  #shown: number | undefined
  /** Those that are held and run, in the order in which they were begun. */
  readonly #running = new Set<number>()
  /** Those that are held and over, in the order in which they ended. */
  readonly #over = new Set<number>()

  /** Something comes of this command. Says whether it is shown now. */
  isShown(command: number): boolean {
    this.#shown ??= command
    if (this.#shown === command) return true
    this.#running.add(command)
    return false
  }

  /** A command is over. Gives those whose output is to be shown now, in order; the last may still run. */
  over(command: number): number[] {
    if (this.#running.delete(command)) {
      this.#over.add(command)
      return []
    }
    if (this.#shown !== command) return []
    const released = [...this.#over]
    this.#over.clear()
    const [next] = this.#running
    this.#shown = next
    if (next === undefined) return released
    this.#running.delete(next)
    return [...released, next]
  }
}
