/** Where lines are written to. */
export interface Sink {
  /** Written when it returns, or settles. A line that cannot be written is not left there in part, where that is possible. */
  write(line: string): void | Promise<void>
  close(): Promise<void>
}
