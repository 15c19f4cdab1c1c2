/** How a run ended, as its `exit` event tells it. */
export interface Outcome {
  code: number | null
  signal: string | null
  reason: string
}

/** One start of a command. All times of a timeline are milliseconds since the record's first event. */
export interface Attempt {
  startMs: number
  /** When the record's last event came, where the exit is missing. */
  endMs: number
  /** Null where the exit is missing. */
  outcome: Outcome | null
}

/** How much a command wrote to one stream. */
export interface StreamTotals {
  lines: number
  bytes: number
}

/** A command, with every start under its name. */
export interface CommandData {
  name: string
  /** The file and the arguments of its first start, as one would type them; empty where the record does not have them. */
  command: string
  attempts: Attempt[]
  /** Starts beyond the limit, which are counted but not in `attempts`. */
  omittedAttempts: number
  stdout: StreamTotals
  stderr: StreamTotals
}

/** A time in which no line came. */
export interface Silence {
  fromMs: number
  toMs: number
}

/** The omitted lines of one lane. */
export interface OmittedLane {
  lane: number
  /** The first slot with any lines. */
  firstSlot: number
  counts: number[]
}

/** Lines beyond the limit: their texts are not in the page, only how many came in each of the equally long slots. */
export interface OmittedLines {
  lines: number
  slotMs: number
  lanes: OmittedLane[]
}

/** All data of the page except the lines. Lane `2 n` is the stdout of command `n`, lane `2 n + 1` its stderr. */
export interface PageData {
  title: string
  /** Milliseconds since the epoch. */
  startedAt: number
  durationMs: number
  commands: CommandData[]
  /** How many lines have their texts in the page. */
  keptLines: number
  omitted: OmittedLines
}
