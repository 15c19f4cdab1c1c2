import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { exactEnvironment } from '../program/start-program.ts'
import type { RunOptions } from '../run-options.ts'
import type { StreamName } from '../stream-name.ts'
import { startError } from './refusal.ts'

/** The supervisor that is available, and what it is to give. */
export interface Supervision {
  path: string
  order: 'arrival' | 'exact'
}

/**
 * Starts the supervisor for a program, with its socket as file 3. What is refused at once is thrown as a `SpawnError`, the
 * rest is the child's `error` event.
 */
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
