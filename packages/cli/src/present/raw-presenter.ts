import type { ShownEvent } from '../shown-event.ts'
import type { Piece, Presenter } from './presenter.ts'
import type { PresenterStyle } from './presenter-style.ts'

const newlineByte = 10

/** The bytes as they were read, with nothing added, not even a last newline: but for the notes. */
export class RawPresenter implements Presenter {
  readonly #style: PresenterStyle
  readonly #isOpen = { stdout: false, stderr: false }

  constructor(style: PresenterStyle) {
    this.#style = style
  }

  get isLineOpen(): boolean {
    return this.#isOpen.stdout || this.#isOpen.stderr
  }

  show(event: ShownEvent): Piece[] {
    if (event.type !== 'output' || event.data === '') return []
    const to = this.#style.to === 'stdout' ? 'stdout' : event.stream
    const text = event.encoding === undefined ? event.data : Buffer.from(event.data, 'base64')
    const isOpen = typeof text === 'string' ? !text.endsWith('\n') : text.at(-1) !== newlineByte
    this.#leave(to, isOpen)
    return [{ to, text }]
  }

  note(line: string): Piece[] {
    const text = `${this.#isOpen.stderr ? '\n' : ''}${line}\n`
    this.#leave('stderr', false)
    return [{ to: 'stderr', text }]
  }

  end(): Piece[] {
    return []
  }

  #leave(to: Piece['to'], isOpen: boolean): void {
    for (const name of this.#style.isShared ? (['stdout', 'stderr'] as const) : [to]) this.#isOpen[name] = isOpen
  }
}
