/** How to display events: what the options of `run` and `show` say of it. */
export interface DisplayRequest {
  format: 'text' | 'plain' | 'jsonl' | 'raw'
  /** The time that stands before a line. */
  timestamps: 'none' | 'time' | 'iso' | 'elapsed' | 'delta'
  /** The template of what stands before a line; the format's own by default. */
  prefix: string | undefined
  color: 'auto' | 'always' | 'never'
  /** `both`: what was read from stderr is written to stderr. */
  to: 'both' | 'stdout'
  /** What to do with the program's terminal escapes. */
  ansi: 'colors' | 'pass'
}

/** How to display events, and where: what was asked for, and what the caller has found out. */
export interface PresenterStyle extends DisplayRequest {
  isStdoutTerminal: boolean
  isStderrTerminal: boolean
  /** Whether both end at the same terminal, file or pipe, and so share one current line. */
  isShared: boolean
  /** The names that are known beforehand; each is padded to the longest. Others may come. */
  names: readonly string[]
  /** Whether to say how a command without a name ended, as of any other: of a live run our exit code says it. */
  isExitNoted?: boolean
  env: ColorEnvironment
}

/** What the environment says about colour. */
interface ColorEnvironment {
  NO_COLOR?: string | undefined
  FORCE_COLOR?: string | undefined
  TERM?: string | undefined
}
