/** A way of printing events. */
export type Format = 'text' | 'plain' | 'jsonl' | 'raw'

/** What stands before a line for its time. */
export type Timestamps = 'none' | 'time' | 'iso' | 'elapsed' | 'delta'

/** How events are shown: what the options of `run` and `show` say of it. */
export interface ShowRequest {
  format: Format
  timestamps: Timestamps
  /** The template of what stands before a line; that of the format by default. */
  prefix: string | undefined
  color: 'auto' | 'always' | 'never'
  /** `both`: what was read of stderr is written to stderr. */
  to: 'both' | 'stdout'
  /** What becomes of the program's terminal escapes. */
  ansi: 'colors' | 'pass'
}
