/** A file or a pipe that lines are written to. */
export interface Sink {
  /** The line is written when this returns or settles. If it fails, no part of the line is left behind, where that is possible. */
  write(line: string): void | Promise<void>
  close(): Promise<void>
}
