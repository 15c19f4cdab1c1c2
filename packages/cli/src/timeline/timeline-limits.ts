/** What a timeline keeps, however long the record is. What is beyond a limit is counted, and the page says so. */
export interface TimelineLimits {
  /** Lines whose texts are kept. */
  maxLines: number
  /** Bytes of the kept lines, compressed. A page is a third larger, since it has them as base64. */
  maxPackedBytes: number
  /** UTF-16 units of a line; the rest of it is left out. */
  maxLineChars: number
  /** Commands with a row of their own; later ones share the last row. */
  maxCommands: number
  /** Starts of all commands together. */
  maxAttempts: number
}

export const timelineLimits: TimelineLimits = {
  maxLines: 4_000_000,
  maxPackedBytes: 64 * 1024 * 1024,
  maxLineChars: 8192,
  maxCommands: 200,
  maxAttempts: 10_000,
}
