import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SpawnError } from '../../errors.ts'
import type { RunOptions } from '../../run-options.ts'
import { exactEnvironment } from '../exact-environment.ts'
import { spawnError } from '../spawn-error.ts'
import type { StreamName } from '../stream-name.ts'
import { supervisorError } from './refusal.ts'

/** The supervisor that is there, and what it is to give. */
export interface Supervision {
  path: string
  order: 'arrival' | 'exact'
}

/** Starts the supervisor for a program, with its socket as file 3. Throws a `SpawnError`, or the child's `error` is one to be made. */
export function startSupervisor(
  command: readonly string[],
  options: RunOptions,
  inherited: StreamName | undefined,
  { path, order }: Supervision,
): ChildProcess {
  const { cwd = '', contain = false, env = process.env, input, killAfterMs = 5000 } = options
  const args = [`--order=${order}`, `--kill-after-ms=${String(Math.ceil(killAfterMs))}`]
  if (contain) args.push('--contain')
  if (cwd !== '') args.push(`--cwd=${typeof cwd === 'string' ? cwd : fileURLToPath(cwd)}`)
  if (inherited !== undefined) args.push(`--inherit-${inherited}`)
  try {
    return spawn(path, [...args, '--', ...command], {
      detached: true,
      env: exactEnvironment(env),
      stdio: [
        input === undefined ? 'ignore' : 'pipe',
        inherited === 'stdout' ? 'inherit' : 'ignore',
        inherited === 'stderr' ? 'inherit' : 'ignore',
        'pipe',
      ],
    })
  } catch (error) {
    throw startError(command, options, error as NodeJS.ErrnoException)
  }
}

/** Of what the system said when the supervisor was to be started: where the command is at fault, the same as without it. */
export function startError(command: readonly string[], { cwd }: RunOptions, error: NodeJS.ErrnoException): SpawnError {
  const isOfCommand = error.code === 'E2BIG' || error.code === 'ERR_INVALID_ARG_VALUE'
  return isOfCommand ? spawnError(command, cwd, error) : supervisorError(command, error)
}
