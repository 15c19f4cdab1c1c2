import type { Piece } from '../present/presenter.ts'

/** The most bytes of texts that are put together to be written at once. */
const batchBytes = 65_536
/** How many that were taken are kept in the list until it is made anew. */
const forgottenPieces = 1024

/** What is to be written, in its order. What follows one another to the same place is taken together. */
export class PieceQueue {
  #pieces: Piece[] = []
  #head = 0
  #bytes = 0

  /** How many bytes wait. */
  get bytes(): number {
    return this.#bytes
  }

  get isEmpty(): boolean {
    return this.#head === this.#pieces.length
  }

  push(piece: Piece): void {
    this.#pieces.push(piece)
    this.#bytes += Buffer.byteLength(piece.text)
  }

  /** The next to be written: a text that was put together of several, or bytes. */
  take(): Piece | undefined {
    const first = this.#pieces[this.#head]
    if (first === undefined) return undefined
    const { to } = first
    let text = this.#next()
    while (typeof text === 'string' && text.length < batchBytes) {
      const next = this.#pieces[this.#head]
      if (next?.to !== to || typeof next.text !== 'string') break
      text += this.#next() as string
    }
    this.#forgetTaken()
    return { to, text }
  }

  clear(): void {
    this.#pieces = []
    this.#head = 0
    this.#bytes = 0
  }

  #forgetTaken(): void {
    if (this.#head < forgottenPieces && !this.isEmpty) return
    this.#pieces = this.#pieces.slice(this.#head)
    this.#head = 0
  }

  #next(): string | Uint8Array {
    const { text = '' } = this.#pieces[this.#head++] ?? {}
    this.#bytes -= Buffer.byteLength(text)
    return text
  }
}
