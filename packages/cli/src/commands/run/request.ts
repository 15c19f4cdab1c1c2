import type { DisplayRequest } from '../../present/presenter-style.ts'

/** One command of `rivulet run`. */
export interface CommandRequest {
  /** From `-n` or the command file; if there are several commands, otherwise from the program's file. */
  name: string | undefined
  file: string
  args: string[]
  cwd: string | undefined
  /** Added to our environment. */
  env: Record<string, string>
}

/** What `rivulet run` is asked to do. */
export interface RunRequest extends DisplayRequest {
  commands: CommandRequest[]
  /** The file that they were read from, `-` for our own stdin. */
  commandFile?: string
  order: 'arrival' | 'exact' | 'auto'
  contain: boolean
  /** Whether the program gets a terminal for its stdout. */
  hasPty: boolean
  /** What a failure does to the other commands. */
  onFailure: 'fail-fast' | 'keep-going'
  /** Whose exit code counts: all, the first to end, or the command with that name. */
  success: { kind: 'all' } | { kind: 'first' } | { kind: 'name'; name: string }
  /** How often a command that failed is started again. */
  restarts: number
  /** The most commands that run at once. */
  jobs: number
  /** Whether the output of each command is kept together. */
  isGrouped: boolean
  /** Where the events are saved. */
  save: string | undefined
  /** Whether the run goes on if saving fails. */
  isSaveBestEffort: boolean
  hasStatusLine: boolean
  timeoutMs: number | undefined
  killAfterMs: number | undefined
  /** The file that the program reads on stdin, `-` for our own stdin; without it stdin is empty. */
  input: string | undefined
}
