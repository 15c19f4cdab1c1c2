import type { Piece, Presenter } from '../present/presenter.ts'
import { visible } from '../present/visible.ts'
import type { ShownEvent } from '../shown-event.ts'
import type { Screen } from './screen.ts'

/** Shows events as a presenter has it, until that is no longer possible. Never rejects. */
export class Showing {
  readonly #presenter: Presenter
  readonly #screen: Screen
  readonly #onOver: (failure: unknown) => void
  #isOver = false

  /** `onOver` hears once that nothing is shown any more: since our reader has left (undefined), or for a failure. */
  constructor(presenter: Presenter, screen: Screen, onOver: (failure: unknown) => void) {
    this.#presenter = presenter
    this.#screen = screen
    this.#onOver = onOver
  }

  /** Whether nothing is shown any more. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Resolves when there is room for more. */
  show(event: ShownEvent): Promise<void> {
    return this.#write(() => this.#presenter.show(event))
  }

  /** A line of our own, on stderr. */
  say(text: string): Promise<void> {
    return this.#write(() => this.#presenter.note(`rivulet: ${visible(text)}`))
  }

  /** Nothing more comes. Resolves when all is written. */
  async end(): Promise<void> {
    await this.#write(() => this.#presenter.end())
    try {
      await this.#screen.close()
    } catch (failure) {
      this.#end(failure)
    }
  }

  /** Nobody waits for our reader any more. */
  abandon(): void {
    this.#isOver = true
    this.#screen.abandon()
  }

  async #write(pieces: () => Piece[]): Promise<void> {
    if (this.#isOver) return
    try {
      if (!(await this.#screen.write(pieces(), this.#presenter.isLineOpen))) this.#end(undefined)
    } catch (failure) {
      this.#end(failure)
    }
  }

  #end(failure: unknown): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#onOver(failure)
  }
}
