import type { SpawnError } from 'rivulet/process'

/** How a program is given a terminal for its stdout: by a relay that runs it. */
export interface Pty {
  /** The supervisor's binary, which is the relay's too. */
  path: string
  /** The terminal's size, in characters. */
  columns: number
  rows: number
}

/** The command that runs a command under a relay. */
export function relayed({ path, columns, rows }: Pty, [...command]: readonly string[]): readonly [string, ...string[]] {
  return [path, '--pty-relay', `--columns=${columns}`, `--rows=${rows}`, '--', ...command]
}

/** What is said of a relay that cannot be started is said of its program. */
export function relayFailure({ message }: SpawnError, { path }: Pty, file: string): string {
  return message.replace(`'${path}'`, () => `'${file}'`)
}
