/** A line as the timeline shows it, or the part of one that came at a time. */
export interface TimelineLine {
  /** Milliseconds since the record's first event, when its first character came. */
  ms: number
  lane: number
  text: string
  /** Bytes that were cut off at the end, since the line was longer than what is kept. */
  cutBytes: number
  /** Whether it goes on with a line whose beginning was shown before. */
  isContinued: boolean
}
