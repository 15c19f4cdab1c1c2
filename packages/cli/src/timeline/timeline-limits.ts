/** What a timeline keeps, whatever the length of the record. What is over a limit is counted, and the page says so. */
export interface TimelineLimits {
  /** Lines whose texts are kept. */
  maxLines: number
  /** Bytes of the kept lines and their times, compressed. A page is a third larger, since it has them as base64. */
  maxPackedBytes: number
  /** UTF-16 units of a line; the rest of it is cut. */
  maxLineChars: number
  /** Commands with a row of their own; those that come later share one. */
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
