import { visible } from '../text/visible.ts'
import type { Escapes } from './escapes.ts'
import type { LineSource, Marks } from './marks.ts'
import type { Place } from './place.ts'
import type { Piece } from './presenter.ts'
import { TextStyle } from './text-style.ts'

/** How and where the text of a stream is written. */
export interface StreamStyle {
  marks: Marks
  place: Place
  line: CurrentLine
  escapes: Escapes
  /** Whether characters that act are written out. */
  isWrittenOut: boolean
}

/** One stream of a command, as lines behind their marks. Its text may be cut anywhere. */
export class StreamPresenter {
  readonly place: Place
  readonly #source: LineSource
  readonly #options: StreamStyle
  readonly #line: CurrentLine
  readonly #style = new TextStyle()
  /** The SGR parameters of the text that comes next. */
  #parameters = ''
  #t = 0
  /** The beginning of a sequence that is not complete yet. */
  #held = ''
  /** Whether something of a line was shown, and its end has not come. */
  #isMidLine = false
  /** Whether the next text is written over the line. It waits for that text: `\r\n` is the end of a line. */
  #isReturning = false
  #isErasing = false

  constructor(source: LineSource, options: StreamStyle) {
    this.#source = source
    this.#options = options
    this.place = options.place
    this.#line = options.line
  }

  /** Shows text that was read at `t`. */
  push(data: string, t: number): void {
    this.#t = t
    // Every line of a terminal ends so, and should take the fast path.
    const text = (this.#held + data).replaceAll('\r\n', '\n')
    this.#held = ''
    if (this.#options.escapes.acting.test(text)) this.#pushTokens(text)
    else this.#pushLines(text)
  }

  /** No more text comes: shows what was held, and closes the line. */
  close(): void {
    if (this.#held !== '') this.#write(visible(this.#held))
    this.#held = ''
    if (this.#line.isOf(this)) this.#line.close()
  }

  #pushTokens(text: string): void {
    const { escapes, isWrittenOut } = this.#options
    this.#held = escapes.unfinished.exec(text)?.[0] ?? ''
    const whole = text.slice(0, text.length - this.#held.length)
    let end = 0
    for (const { 0: token, 1: parameters = '', 2: final, index } of whole.matchAll(escapes.token)) {
      this.#pushLines(whole.slice(end, index))
      end = index + token.length
      if (token === '\r') this.#return()
      else if (final === undefined || !this.#obeys(parameters, final))
        this.#write(isWrittenOut ? visible(token) : token)
    }
    this.#pushLines(whole.slice(end))
  }

  /** Shows lines in which nothing acts. If they are plain and begin as a line does, all are marked at once. */
  #pushLines(text: string): void {
    let rest = text
    while (this.#isMidLine || this.#parameters !== '') {
      const end = rest.indexOf('\n')
      this.#write(end === -1 ? rest : rest.slice(0, end))
      if (end === -1) return
      this.#endLine()
      rest = rest.slice(end + 1)
    }
    if (rest === '') return
    const isEnded = rest.endsWith('\n')
    const lines = isEnded ? rest.slice(0, -1) : rest
    this.#line.open(this, this.#nextMark())
    this.#line.write(lines.includes('\n') ? lines.split('\n').join(`\n${this.#nextMark()}`) : lines, '')
    this.#isMidLine = true
    if (isEnded) this.#endLine()
  }

  /** Does what a sequence says, if we understand it. */
  #obeys(parameters: string, final: string): boolean {
    if (final === 'm') {
      if (this.place.isStyled) this.#setStyle(parameters)
      return true
    }
    const number = Number(parameters)
    if (final === 'G' && number <= 1) this.#return()
    else if (final === 'K' && number === 0) this.#eraseRest()
    else if (final === 'K' && number === 2) this.#eraseLine()
    else return false
    return true
  }

  #setStyle(parameters: string): void {
    this.#style.apply(parameters)
    this.#parameters = this.#style.parameters
  }

  #write(text: string): void {
    if (text === '') return
    if (this.#isReturning) this.#goBack()
    if (!this.#line.isOf(this)) this.#line.open(this, this.#nextMark())
    this.#isMidLine = true
    this.#line.write(text, this.#parameters)
  }

  /** To the start of the line; no effect if nothing was written to it. */
  #return(): void {
    this.#isReturning = this.#isMidLine
  }

  #goBack(): void {
    const isErased = this.#isErasing
    this.#isReturning = this.#isErasing = this.#isMidLine = false
    if (!this.#line.isOf(this)) return
    if (this.place.isRedrawable) this.#line.restart(this.#nextMark(), isErased)
    else this.#line.close()
  }

  #eraseRest(): void {
    if (this.#isReturning) this.#isErasing = true
    else if (this.#line.isOf(this)) this.#line.eraseRest(this.#parameters)
  }

  /** What comes next stands at the start of the line: programs that erase all of it go there. */
  #eraseLine(): void {
    this.#return()
    this.#isErasing = this.#isReturning
  }

  #endLine(): void {
    // A line that another interrupted is ended already.
    if (!this.#isMidLine) this.#line.open(this, this.#nextMark())
    if (this.#line.isOf(this)) this.#line.close()
    this.#isReturning = this.#isErasing = this.#isMidLine = false
  }

  #nextMark(): string {
    const { isColored } = this.place
    return this.#options.marks.next(this.#source, this.#t, { isContinued: this.#isMidLine, isColored })
  }
}

const plain = '\u001b[0m'

/** The line that is being written at a place. One stream owns it, until it is closed or another stream opens it. */
export class CurrentLine {
  readonly #write: (to: Piece['to'], text: string) => void
  #owner: StreamPresenter | undefined
  /** The SGR parameters that are in effect where the line ends. */
  #style = ''
  /** Whether the line may reach farther than what was written last. */
  #isRedrawn = false

  constructor(write: (to: Piece['to'], text: string) => void) {
    this.#write = write
  }

  get isOpen(): boolean {
    return this.#owner !== undefined
  }

  isOf(owner: StreamPresenter): boolean {
    return this.#owner === owner
  }

  /** Begins a line, after closing the one that is open. */
  open(owner: StreamPresenter, mark: string): void {
    this.close()
    this.#owner = owner
    this.#add(mark)
  }

  /** Continues the open line. */
  write(text: string, style: string): void {
    this.#add(this.#change(style) + text)
  }

  /** Goes back to the start of the line, which is written over. */
  restart(mark: string, isErased: boolean): void {
    this.#add(`${this.#change('')}\r${mark}`)
    this.#isRedrawn = true
    if (isErased) this.eraseRest('')
  }

  /** Erases what is left of a line that is being written over. */
  eraseRest(style: string): void {
    if (this.#isRedrawn) this.#add(`${this.#change(style)}\u001b[K`)
  }

  /** Ends the line, if one is open. */
  close(): void {
    if (this.#owner === undefined) return
    this.#add(`${this.#change('')}\n`)
    this.#owner = undefined
    this.#isRedrawn = false
  }

  /** What changes the style where the line ends to another. */
  #change(style: string): string {
    if (style === this.#style) return ''
    const from = this.#style === '' ? '' : '0;'
    this.#style = style
    return style === '' ? plain : `\u001b[${from}${style}m`
  }

  #add(text: string): void {
    if (this.#owner !== undefined && text !== '') this.#write(this.#owner.place.to, text)
  }
}
