import { accessSync, constants, statSync } from 'node:fs'
import type { SpawnError } from 'rivulet/process'

/** How a program is given a terminal for its stdout: by a relay that becomes it. */
export interface Pty {
  /** The supervisor's binary, which is the relay's too. */
  path: string
  /** The terminal's size, in characters. */
  columns: number
  rows: number
}

/** Where a command is run, and with what. */
export interface Surroundings {
  /** Ours without it. */
  cwd: string | undefined
  env: NodeJS.ProcessEnv
}

type Words = readonly [string, ...string[]]

/**
 * The command that runs a command under a relay. One that the system would not find is given back as it is: started without a relay
 * it is refused as every other, where a relay would have started by then.
 */
export function relayed({ path, columns, rows }: Pty, command: Words, surroundings: Surroundings): Words {
  if (!isFound(command[0], surroundings)) return command
  return [path, '--pty-relay', `--columns=${columns}`, `--rows=${rows}`, '--', ...command]
}

/** What is said of a relay that cannot be started is said of its program. */
export function relayFailure({ message }: SpawnError, { path }: Pty, file: string): string {
  return message.replace(`'${path}'`, () => `'${file}'`)
}

/** The paths at which the system looks for a program, in its order. */
export function searchedPaths(file: string, { cwd, env }: Surroundings): string[] {
  // Without PATH it has one of its own.
  const folders = (env.PATH ?? '/bin:/usr/bin').split(':')
  const paths = file.includes('/') ? [file] : folders.map((folder) => `${folder === '' ? '.' : folder}/${file}`)
  // Normalised, `link/..` would be another folder than the system's.
  return cwd === undefined ? paths : paths.map((path) => (path.startsWith('/') ? path : `${cwd}/${path}`))
}

function isFound(file: string, surroundings: Surroundings): boolean {
  return searchedPaths(file, surroundings).some(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    // Whatever the reason: whoever tries to start it hears of it.
    return false
  }
}
