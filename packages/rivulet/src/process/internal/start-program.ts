import { spawn, type ChildProcess } from 'node:child_process'
import { SpawnError } from '../errors.ts'
import type { RunOptions } from '../run-options.ts'
import { exactEnvironment } from './exact-environment.ts'
import { thisPlatform } from './platform/this-platform.ts'
import { spawnError } from './spawn-error.ts'
import type { StreamName } from './stream-name.ts'

/** Starts a program. What the system refuses at once is thrown as `SpawnError`, the rest is the child's `error`. */
export function startProgram(
  command: readonly string[],
  options: RunOptions,
  inherited: StreamName | undefined,
): ChildProcess {
  // Ours Node copies itself.
  const env = options.env === undefined ? process.env : exactEnvironment(options.env)
  try {
    const { file, args, options: how } = thisPlatform.launch(command, { cwd: options.cwd, env })
    return spawn(file, args, {
      ...how,
      cwd: options.cwd,
      env,
      stdio: [
        options.input === undefined ? 'ignore' : 'pipe',
        inherited === 'stdout' ? 'inherit' : 'pipe',
        inherited === 'stderr' ? 'inherit' : 'pipe',
      ],
    })
  } catch (error) {
    throw error instanceof SpawnError ? error : spawnError(command, options.cwd, error as NodeJS.ErrnoException)
  }
}
