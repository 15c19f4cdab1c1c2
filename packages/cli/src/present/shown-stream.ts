import type { CurrentLine, LineOwner } from './current-line.ts'
import type { Escapes } from './escapes.ts'
import type { Marked, Marks } from './marks.ts'
import type { Place } from './place.ts'
import { TextStyle } from './text-style.ts'
import { visible } from './visible.ts'

/** What a stream is shown with. */
export interface StreamShowing {
  marks: Marks
  place: Place
  line: CurrentLine
  escapes: Escapes
  /** Whether characters that act are written out. */
  isWrittenOut: boolean
}

/** One stream of a command as lines behind their marks. It may be cut into texts anywhere. */
export class ShownStream implements LineOwner {
  readonly place: Place
  readonly #showing: StreamShowing
  readonly #marked: Marked
  readonly #line: CurrentLine
  readonly #style = new TextStyle()
  #t = 0
  /** The beginning of a sequence that is not whole yet. */
  #held = ''
  /** Whether something of a line was shown, and its end has not come. */
  #isMidLine = false
  /** Whether the next text is written over the line. It waits for that text: `\r\n` is the end of a line. */
  #isReturning = false
  #isErasing = false

  constructor(marked: Marked, showing: StreamShowing) {
    this.#marked = marked
    this.#showing = showing
    this.place = showing.place
    this.#line = showing.line
  }

  /** Shows text that was read at `t`. */
  push(data: string, t: number): void {
    this.#t = t
    // All lines of a terminal end so: they are to go the fast way.
    const text = (this.#held + data).replaceAll('\r\n', '\n')
    this.#held = ''
    if (this.#showing.escapes.acting.test(text)) this.#pushTokens(text)
    else this.#pushLines(text)
  }

  /** Nothing more comes: what was held is shown, and the line ended. */
  end(): void {
    if (this.#held !== '') this.#write(visible(this.#held))
    this.#held = ''
    if (this.#line.isOf(this)) this.#line.close()
  }

  #pushTokens(text: string): void {
    const { escapes, isWrittenOut } = this.#showing
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

  /** Shows lines in which nothing acts. Where they are plain and begin as a line does, all are marked at once. */
  #pushLines(text: string): void {
    let rest = text
    while (this.#isMidLine || this.#style.parameters !== '') {
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

  /** Does what a sequence says, where it is one that we follow. */
  #obeys(parameters: string, final: string): boolean {
    if (final === 'm') {
      if (this.place.isStyled) this.#style.apply(parameters)
      return true
    }
    const number = Number(parameters)
    if (final === 'G' && number <= 1) this.#return()
    else if (final === 'K' && number === 0) this.#eraseRest()
    else if (final === 'K' && number === 2) this.#eraseLine()
    else return false
    return true
  }

  #write(text: string): void {
    if (text === '') return
    if (this.#isReturning) this.#goBack()
    if (!this.#line.isOf(this)) this.#line.open(this, this.#nextMark())
    this.#isMidLine = true
    this.#line.write(text, this.#style.parameters)
  }

  /** To the start of the line, which has no effect where it has not been left. */
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
    else if (this.#line.isOf(this)) this.#line.eraseRest(this.#style.parameters)
  }

  /** What comes next stands at the start of the line: whoever erases all of it goes there. */
  #eraseLine(): void {
    this.#return()
    this.#isErasing = this.#isReturning
  }

  #endLine(): void {
    // A line that something else came into is ended already.
    if (!this.#isMidLine) this.#line.open(this, this.#nextMark())
    if (this.#line.isOf(this)) this.#line.close()
    this.#isReturning = this.#isErasing = this.#isMidLine = false
  }

  #nextMark(): string {
    const { isColored } = this.place
    return this.#showing.marks.next(this.#marked, this.#t, { isContinued: this.#isMidLine, isColored })
  }
}
