import type { CommandEvent } from '../command-event.ts'
import type { Piece, Presenter } from './presenter.ts'
import type { PresenterStyle } from './presenter-style.ts'

const newlineByte = 10

/** The bytes as they were read. Nothing is added, not even a last newline, except for notes. */
export class RawPresenter implements Presenter {
  readonly #style: PresenterStyle
  readonly #isOpen = { stdout: false, stderr: false }

  constructor(style: PresenterStyle) {
    this.#style = style
  }

  get isLineOpen(): boolean {
    return this.#isOpen.stdout || this.#isOpen.stderr
  }

  show(event: CommandEvent): Piece[] {
    if (event.type !== 'output' || event.data === '') return []
    const to = this.#style.to === 'stdout' ? 'stdout' : event.stream
    const text = event.encoding === undefined ? event.data : Buffer.from(event.data, 'base64')
    const isOpen = typeof text === 'string' ? !text.endsWith('\n') : text.at(-1) !== newlineByte
    this.#setOpen(to, isOpen)
    return [{ to, text }]
  }

  note(line: string): Piece[] {
    const text = `${this.#isOpen.stderr ? '\n' : ''}${line}\n`
    this.#setOpen('stderr', false)
    return [{ to: 'stderr', text }]
  }

  close(): Piece[] {
    return []
  }

  #setOpen(to: Piece['to'], isOpen: boolean): void {
    for (const name of this.#style.isShared ? (['stdout', 'stderr'] as const) : [to]) this.#isOpen[name] = isOpen
  }
}
