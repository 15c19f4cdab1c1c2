import { constants } from 'node:os'
import { SpawnError } from '../errors.ts'
import { limitReached, spawnError } from '../program/spawn-error.ts'
import type { RunOptions } from '../run-options.ts'
import type { Frame } from './frame.ts'

type Refused = Pick<Extract<Frame, { kind: 'refused' }>, 'phase' | 'errno'>

/** The error for a program that the supervisor could not start: the same as without it, with a cause like Node's. */
export function refusal(command: readonly string[], cwd: RunOptions['cwd'], { phase, errno }: Refused): SpawnError {
  const code = Object.entries(constants.errno).find(([, number]) => number === errno)?.[0] ?? `errno ${String(errno)}`
  const [file = '', ...spawnargs] = command
  const syscall = `spawn ${file}`
  const cause = Object.assign(new Error(`${syscall} ${code}`), { errno: -errno, code, syscall, path: file, spawnargs })
  if (phase !== 'supervisor') return spawnError(command, cwd, cause)
  return supervisorError(command, cause)
}

/** The error for a supervisor that the system did not start; if the command is at fault, the same as without it. */
export function startError(command: readonly string[], { cwd }: RunOptions, error: NodeJS.ErrnoException): SpawnError {
  const isOfCommand = error.code === 'E2BIG' || error.code === 'ERR_INVALID_ARG_VALUE'
  return isOfCommand ? spawnError(command, cwd, error) : supervisorError(command, error)
}

function supervisorError(command: readonly string[], error: NodeJS.ErrnoException): SpawnError {
  const code = error.code ?? 'UNKNOWN'
  const why = limitReached(code) ?? error.message
  return new SpawnError(command, code, `its supervisor cannot be started: ${why}`, error)
}
