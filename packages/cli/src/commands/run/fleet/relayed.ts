import { accessSync, constants, statSync } from 'node:fs'
import type { SpawnError } from 'rivulet/process'

/** How a program is given a terminal for its stdout: by a relay that turns into it. */
export interface Pty {
  /** The supervisor's binary, which is the relay too. */
  path: string
  /** The terminal's size, in characters. */
  columns: number
  rows: number
}

/** Where a command is run, and with what. */
interface Surroundings {
  /** Ours if it is undefined. */
  cwd: string | undefined
  env: NodeJS.ProcessEnv
}

type Words = readonly [string, ...string[]]

/**
 * The command that runs a command under a relay. A command that the system would not find is given back as it is: without a
 * relay it is refused like any other, and a relay would have started by then.
 */
export function relayed({ path, columns, rows }: Pty, command: Words, surroundings: Surroundings): Words {
  if (!isFound(command[0], surroundings)) return command
  return [path, '--pty-relay', `--columns=${columns}`, `--rows=${rows}`, '--', ...command]
}

/** The message for a relay that cannot be started names its program instead. */
export function relayFailure({ message }: SpawnError, { path }: Pty, file: string): string {
  return message.replace(`'${path}'`, () => `'${file}'`)
}

/** The paths at which the system looks for a program, in its order. */
export function searchedPaths(file: string, { cwd, env }: Surroundings): string[] {
  // Without PATH the system has a default.
  const folders = (env.PATH ?? '/bin:/usr/bin').split(':')
  const paths = file.includes('/') ? [file] : folders.map((folder) => `${folder === '' ? '.' : folder}/${file}`)
  // If it were normalised, `link/..` would be another folder than the system's.
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
