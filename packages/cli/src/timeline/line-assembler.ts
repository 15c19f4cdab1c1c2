import type { TimelineLine } from './timeline-line.ts'

/** What comes sooner after the beginning of a line than this belongs to it; what comes later is a part of its own. */
const togetherMs = 20

interface Lane {
  /** Whether the last character was no line end. */
  isLineOpen: boolean
  /** Whether the last character was a `\r`, after which a `\n` ends no further line. */
  isReturned: boolean
}

/**
 * Makes lines of what the lanes print, in the order of arrival. A line whose parts come at different times, or with something
 * of another lane between them, is given as parts: what arrived when is the question that a timeline answers. A `\r` without
 * `\n` ends a line too, so that each redraw of a progress bar is one. Holds one unfinished line, cut at `maxLineChars`.
 */
export class LineAssembler {
  readonly #maxLineChars: number
  readonly #give: (line: TimelineLine) => void
  readonly #lanes: Lane[] = []
  #open: TimelineLine | undefined

  constructor(maxLineChars: number, give: (line: TimelineLine) => void) {
    this.#maxLineChars = maxLineChars
    this.#give = give
  }

  push(lane: number, ms: number, text: string): void {
    if (text === '') return
    const state = (this.#lanes[lane] ??= { isLineOpen: false, isReturned: false })
    if (this.#open !== undefined && (this.#open.lane !== lane || ms - this.#open.ms > togetherMs)) this.flush()
    const rest = state.isReturned ? text.replace(/^\r*\n/, '') : text
    if (rest === '') {
      state.isReturned = false
      return
    }
    state.isReturned = rest.endsWith('\r')
    let from = 0
    for (const { 0: end, index } of rest.matchAll(/\r+\n?|\n/g)) {
      const part = rest.slice(from, index)
      from = index + end.length
      // A redraw that shows nothing is no line.
      if (end.endsWith('\r') && part === '' && !state.isLineOpen) continue
      this.#add(lane, ms, part, state.isLineOpen)
      this.flush()
      state.isLineOpen = false
    }
    const last = rest.slice(from)
    if (last === '') return
    this.#add(lane, ms, last, state.isLineOpen)
    state.isLineOpen = true
  }

  /** The lane begins anew: another start of its command. */
  reset(lane: number): void {
    if (this.#open?.lane === lane) this.flush()
    this.#lanes[lane] = { isLineOpen: false, isReturned: false }
  }

  /** Gives what is unfinished. */
  flush(): void {
    if (this.#open === undefined) return
    this.#give(this.#open)
    this.#open = undefined
  }

  #add(lane: number, ms: number, part: string, isLineOpen: boolean): void {
    const open = this.#open
    if (open === undefined) {
      // The end of a line that was given already, and nothing more: no line of its own.
      if (part === '' && isLineOpen) return
      this.#open = { ms, lane, ...this.#cut(part), isContinued: isLineOpen }
    } else if (open.cutBytes > 0) open.cutBytes += Buffer.byteLength(part)
    else Object.assign(open, this.#cut(open.text + part))
  }

  #cut(text: string): { text: string; cutBytes: number } {
    if (text.length <= this.#maxLineChars) return { text, cutBytes: 0 }
    const last = text.charCodeAt(this.#maxLineChars - 1)
    // Not between the two halves of a character.
    const end = last >= 0xd800 && last < 0xdc00 ? this.#maxLineChars - 1 : this.#maxLineChars
    return { text: text.slice(0, end), cutBytes: Buffer.byteLength(text.slice(end)) }
  }
}
