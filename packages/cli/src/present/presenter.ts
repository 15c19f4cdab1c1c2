import type { CommandEvent } from '../command-event.ts'

/** Something to be written, and where. */
export interface Piece {
  to: 'stdout' | 'stderr'
  text: string | Uint8Array
}

/** Turns events into what is written: one for each format. It only decides, and writes nothing. */
export interface Presenter {
  /** What to write for this event, in this order. */
  show(event: CommandEvent): Piece[]
  /** What to write for a line of our own, on stderr; it is never written into an open line. */
  note(line: string): Piece[]
  /** What to write when no more events come: the newline of an open line. */
  close(): Piece[]
  /** Whether the last line on stdout or stderr has no newline yet. */
  readonly isLineOpen: boolean
}
