import type { Piece } from '../present/presenter.ts'
import type { Screen } from '../screen/screen.ts'

/** How much is gathered at most, in UTF-16 units and bytes. */
const gatheredLength = 65_536

/**
 * Writes together what comes at once, as the events of one chunk of a file do: one write for each event is what takes the
 * longest when a record is shown to a file. What is gathered waits no longer than for the event loop to turn.
 */
export class GatheringScreen {
  readonly #screen: Pick<Screen, 'write'>
  #pieces: Piece[] = []
  #length = 0
  #isLineOpen = false
  #flushing: NodeJS.Immediate | undefined
  /** How the last write went. */
  #outcome: Promise<boolean> = Promise.resolve(true)

  constructor(screen: Pick<Screen, 'write'>) {
    this.#screen = screen
  }

  /** As that of the screen; of what is only gathered it says how the write before went. */
  write(pieces: readonly Piece[], isLineOpen: boolean): Promise<boolean> {
    for (const piece of pieces) {
      this.#pieces.push(piece)
      this.#length += piece.text.length
    }
    this.#isLineOpen = isLineOpen
    if (this.#length >= gatheredLength) return this.flush()
    this.#flushing ??= setImmediate(() => void this.flush())
    return this.#outcome
  }

  /** Writes what was gathered. */
  flush(): Promise<boolean> {
    clearImmediate(this.#flushing)
    this.#flushing = undefined
    const pieces = this.#pieces
    this.#pieces = []
    this.#length = 0
    this.#outcome = this.#screen.write(pieces, this.#isLineOpen)
    // Who writes next hears of it.
    this.#outcome.catch(() => undefined)
    return this.#outcome
  }
}
