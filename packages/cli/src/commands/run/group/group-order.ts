/**
 * Whose output is shown while the output of each command is kept together, without any output itself. One command is shown as
 * it runs; the output of the others is held until they are over. When the first is over, those that are over too are shown, in
 * the order in which they ended; then the one that began first goes on as it runs.
 */
export class GroupOrder {
  /** The command that is shown as it runs. */
  #shown: number | undefined
  /** Those that are held and run, in the order in which they began. */
  readonly #running = new Set<number>()
  /** Those that are held and over, in the order in which they ended. */
  readonly #over = new Set<number>()

  /** Something comes from this command. Says whether it is shown now. */
  isShown(command: number): boolean {
    this.#shown ??= command
    if (this.#shown === command) return true
    this.#running.add(command)
    return false
  }

  /** A command is over. Gives the commands whose held output is to be shown now, in order; the last may still run. */
  over(command: number): number[] {
    if (this.#running.delete(command)) {
      this.#over.add(command)
      return []
    }
    if (this.#shown !== command) return []
    const due = [...this.#over]
    this.#over.clear()
    const [next] = this.#running
    this.#shown = next
    if (next === undefined) return due
    this.#running.delete(next)
    return [...due, next]
  }
}
