import type { ShowRequest } from './present/show-style.ts'

/** One command of `rivulet run`. */
export interface CommandRequest {
  /** Given with `-n`, or in the file of commands; else that of the program's file where there are several commands. */
  name: string | undefined
  file: string
  args: string[]
  cwd: string | undefined
  /** Added to our environment. */
  env: Record<string, string>
}

/** What `rivulet run` is asked to do. */
export interface RunRequest extends ShowRequest {
  commands: CommandRequest[]
  /** The file that they were read from, `-` for our own stdin. */
  commandFile?: string
  order: 'arrival' | 'exact' | 'auto'
  contain: boolean
  /** Whether the program gets a terminal for its stdout. */
  hasPty: boolean
  /** What a failure does to the other commands. */
  onFailure: 'fail-fast' | 'keep-going'
  /** Whose end decides: all of them, the first, or the command of that name. */
  success: { kind: 'all' } | { kind: 'first' } | { kind: 'name'; name: string }
  /** How often a command that failed is started again. */
  restarts: number
  /** The most commands that run at a time. */
  jobs: number
  /** Whether the output of each command is kept together. */
  isGrouped: boolean
  /** Where the events are saved. */
  save: string | undefined
  /** Whether a save that fails lets the run go on. */
  isSaveBestEffort: boolean
  hasStatusLine: boolean
  timeoutMs: number | undefined
  killAfterMs: number | undefined
  /** The file that the program reads on stdin, `-` for our own stdin; without it stdin is empty. */
  input: string | undefined
}
