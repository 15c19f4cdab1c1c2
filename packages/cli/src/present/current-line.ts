import type { PieceList } from './piece-list.ts'
import type { Place } from './place.ts'

/** Whoever has lines to write, one at a time. */
export interface LineOwner {
  readonly place: Place
}

const plain = '\u001b[0m'

/** The line that is being written where one or both streams end. One owner has it, until it is ended or another comes. */
export class CurrentLine {
  readonly #pieces: PieceList
  #owner: LineOwner | undefined
  /** The SGR parameters that hold where the line ends. */
  #style = ''
  /** Whether the line may reach farther than what was written last. */
  #isRedrawn = false

  constructor(pieces: PieceList) {
    this.#pieces = pieces
  }

  get isOpen(): boolean {
    return this.#owner !== undefined
  }

  isOf(owner: LineOwner): boolean {
    return this.#owner === owner
  }

  /** Begins a line, on a new one where one is open. */
  open(owner: LineOwner, mark: string): void {
    this.close()
    this.#owner = owner
    this.#add(mark)
  }

  /** Goes on on the line that is open. */
  write(text: string, style: string): void {
    this.#wear(style)
    this.#add(text)
  }

  /** Goes back to the start of the line, which is written over. */
  restart(mark: string, isErased: boolean): void {
    this.#wear('')
    this.#add(`\r${mark}`)
    this.#isRedrawn = true
    if (isErased) this.eraseRest('')
  }

  /** Takes away what is left of a line that is being written over. */
  eraseRest(style: string): void {
    if (!this.#isRedrawn) return
    this.#wear(style)
    this.#add('\u001b[K')
  }

  /** Ends the line, where one is open. */
  close(): void {
    if (this.#owner === undefined) return
    this.#wear('')
    this.#add('\n')
    this.#owner = undefined
    this.#isRedrawn = false
  }

  #wear(style: string): void {
    if (style === this.#style) return
    const from = this.#style === '' ? '' : '0;'
    this.#add(style === '' ? plain : `\u001b[${from}${style}m`)
    this.#style = style
  }

  #add(text: string): void {
    if (this.#owner !== undefined) this.#pieces.add(this.#owner.place.to, text)
  }
}
