import type { ShownEvent } from '../shown-event.ts'

/** Something to be written, and where. */
export interface Piece {
  to: 'stdout' | 'stderr'
  text: string | Uint8Array
}

/** Makes of events what is written: one for each format. It decides only, and writes nothing. */
export interface Presenter {
  /** What is to be written for this event, in this order. */
  show(event: ShownEvent): Piece[]
  /** What is to be written for a line of our own, on stderr, where it is never written into a line that is open. */
  note(line: string): Piece[]
  /** What is to be written when nothing comes any more: the newline of a line that is open. */
  end(): Piece[]
  /** Whether the last line on stdout or stderr has no newline yet. */
  readonly isLineOpen: boolean
}
