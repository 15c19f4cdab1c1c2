import type { Piece } from './presenter.ts'

/** What is to be written, gathered: texts for the same place that follow one another become one. */
export class PieceList {
  #pieces: Piece[] = []

  add(to: Piece['to'], text: string): void {
    const last = this.#pieces.at(-1)
    if (last?.to === to && typeof last.text === 'string') last.text += text
    else this.#pieces.push({ to, text })
  }

  /** Gives out what was gathered, and begins anew. */
  take(): Piece[] {
    const pieces = this.#pieces
    this.#pieces = []
    return pieces
  }
}
