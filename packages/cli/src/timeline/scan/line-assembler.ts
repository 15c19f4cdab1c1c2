/** A line as a timeline shows it, or a part of a line that came at another time than the rest. */
export interface TimelineLine {
  /** Milliseconds since the record's first event, when its first character came. */
  ms: number
  lane: number
  text: string
  /** How many bytes of its end are left out, because it was longer than what is kept. */
  cutBytes: number
  /** Whether it continues a line that an earlier one began. */
  isContinued: boolean
}

/** What comes within this time of the beginning of a line belongs to it; what comes later is a part of its own. */
const togetherMs = 20

interface Lane {
  /** Whether the last character did not end a line. */
  isLineOpen: boolean
  /** Whether the last character was a `\r`, so that a `\n` after it ends no further line. */
  isReturned: boolean
}

/**
 * Assembles lines from the output of the lanes, in order of arrival. A line whose parts came at different times, or with output of
 * another lane between them, is given in parts: what came when is the question that a timeline answers. A `\r` without a
 * `\n` ends a line too, so that each redraw of a progress bar is one. Holds one unfinished line of at most `maxLineChars`.
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
      // A redraw that shows nothing is not a line.
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

  /** Begins the lane anew, for another start of its command. */
  reset(lane: number): void {
    if (this.#open?.lane === lane) this.flush()
    this.#lanes[lane] = { isLineOpen: false, isReturned: false }
  }

  /** Gives the unfinished line. */
  flush(): void {
    if (this.#open === undefined) return
    this.#give(this.#open)
    this.#open = undefined
  }

  #add(lane: number, ms: number, part: string, isLineOpen: boolean): void {
    const open = this.#open
    if (open === undefined) {
      // Only the end of a line whose text was given before: not a line of its own.
      if (part === '' && isLineOpen) return
      this.#open = { ms, lane, ...this.#limited(part), isContinued: isLineOpen }
    } else if (open.cutBytes > 0) open.cutBytes += Buffer.byteLength(part)
    else Object.assign(open, this.#limited(open.text + part))
  }

  #limited(text: string): { text: string; cutBytes: number } {
    if (text.length <= this.#maxLineChars) return { text, cutBytes: 0 }
    const last = text.charCodeAt(this.#maxLineChars - 1)
    // Never between the two halves of a surrogate pair.
    const end = last >= 0xd800 && last < 0xdc00 ? this.#maxLineChars - 1 : this.#maxLineChars
    return { text: text.slice(0, end), cutBytes: Buffer.byteLength(text.slice(end)) }
  }
}
