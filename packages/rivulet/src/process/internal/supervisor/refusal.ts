import { constants } from 'node:os'
import type { RunOptions } from '../../run-options.ts'
import { SpawnError } from '../../errors.ts'
import { limitReached, spawnError } from '../spawn-error.ts'
import type { Frame } from './frame.ts'

type Refused = Pick<Extract<Frame, { kind: 'refused' }>, 'phase' | 'errno'>

/** The error for a program that the supervisor could not start: the same as without it, with a cause as Node's. */
export function refusal(command: readonly string[], cwd: RunOptions['cwd'], { phase, errno }: Refused): SpawnError {
  const code = Object.entries(constants.errno).find(([, number]) => number === errno)?.[0] ?? `errno ${String(errno)}`
  const [file = '', ...spawnargs] = command
  const syscall = `spawn ${file}`
  const cause = Object.assign(new Error(`${syscall} ${code}`), { errno: -errno, code, syscall, path: file, spawnargs })
  if (phase !== 'supervisor') return spawnError(command, cwd, cause)
  return supervisorError(command, cause)
}

/** The error for a supervisor that could not be started, or had not what it needs. */
export function supervisorError(command: readonly string[], error: NodeJS.ErrnoException): SpawnError {
  const code = error.code ?? 'UNKNOWN'
  const why = limitReached(code) ?? error.message
  return new SpawnError(command, code, `its supervisor cannot be started: ${why}`, error)
}
