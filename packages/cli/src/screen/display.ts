import type { CommandEvent } from '../command-event.ts'
import type { Piece, Presenter } from '../present/presenter.ts'
import { ownMessage } from '../text/own-message.ts'
import type { Screen } from './screen.ts'

/** Displays events on a screen as a presenter has it, until that is no longer possible. Never rejects. */
export class Display {
  readonly #presenter: Presenter
  readonly #screen: Screen
  readonly #onOver: (failure: unknown) => void
  #isOver = false

  /** `onOver` is called once when nothing is displayed any more: our reader has left (undefined), or writing failed. */
  constructor(presenter: Presenter, screen: Screen, onOver: (failure: unknown) => void) {
    this.#presenter = presenter
    this.#screen = screen
    this.#onOver = onOver
  }

  /** Whether nothing is displayed any more. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Resolves when there is room for more. */
  show(event: CommandEvent): Promise<void> {
    return this.#write(() => this.#presenter.show(event))
  }

  /** Says something of our own in a line on stderr. */
  note(text: string): Promise<void> {
    return this.#write(() => this.#presenter.note(ownMessage(text)))
  }

  /** No more events come. Resolves when all is written. */
  async close(): Promise<void> {
    await this.#write(() => this.#presenter.close())
    try {
      await this.#screen.close()
    } catch (failure) {
      this.#over(failure)
    }
  }

  /** Drops what our reader has not taken, and waits for it no more. */
  discard(): void {
    this.#isOver = true
    this.#screen.discard()
  }

  async #write(pieces: () => Piece[]): Promise<void> {
    if (this.#isOver) return
    try {
      if (!(await this.#screen.write(pieces(), this.#presenter.isLineOpen))) this.#over(undefined)
    } catch (failure) {
      this.#over(failure)
    }
  }

  #over(failure: unknown): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#onOver(failure)
  }
}
