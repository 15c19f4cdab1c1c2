/** How a run ended, as its `exit` event says it. */
export interface Outcome {
  code: number | null
  signal: string | null
  reason: string
}

/** One start of a command. All times of a timeline are milliseconds since the record's first event. */
export interface Attempt {
  startMs: number
  /** Where the record has no exit: that of its last event. */
  endMs: number
  outcome: Outcome | null
}

/** What came on one stream of a command. */
export interface StreamTotals {
  lines: number
  bytes: number
}

/** A command, with all that was started under its name. */
export interface CommandData {
  name: string
  /** The file and its arguments at its first start, as one would type them; empty where that is not known. */
  command: string
  attempts: Attempt[]
  /** Starts that are counted only. */
  omittedAttempts: number
  stdout: StreamTotals
  stderr: StreamTotals
}

/** A time without a line. */
export interface Silence {
  fromMs: number
  toMs: number
}

/** Lines of one lane that are counted and not kept. */
export interface UnkeptLane {
  lane: number
  /** The first slot that has any. */
  firstSlot: number
  counts: number[]
}

/** What was over the limit, in slots of equal length. */
export interface Unkept {
  lines: number
  slotMs: number
  lanes: UnkeptLane[]
}

/** All that the page has but the lines. Lane `2 n` is stdout of command `n`, lane `2 n + 1` its stderr. */
export interface PageData {
  title: string
  /** Milliseconds since the epoch. */
  startedAt: number
  durationMs: number
  commands: CommandData[]
  /** Lines whose texts are in the page. */
  keptLines: number
  unkept: Unkept
}
