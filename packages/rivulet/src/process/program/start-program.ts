import { spawn, type ChildProcess } from 'node:child_process'
import { SpawnError } from '../errors.ts'
import { thisPlatform } from '../platform/this-platform.ts'
import type { RunOptions } from '../run-options.ts'
import type { StreamName } from '../stream-name.ts'
import { spawnError } from './spawn-error.ts'

/** Starts a program. What is refused at once is thrown as a `SpawnError`, the rest is the child's `error` event. */
export function startProgram(
  command: readonly string[],
  options: RunOptions,
  inherited: StreamName | undefined,
): ChildProcess {
  // Node itself copies ours.
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

/** A copy that Node passes on unchanged: while coverage is measured, it adds a variable unless that is named. */
export function exactEnvironment(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const defined = Object.entries(env).filter(([, value]) => value !== undefined)
  const isAdded = process.env.NODE_V8_COVERAGE !== undefined && env.NODE_V8_COVERAGE === undefined
  return { ...Object.fromEntries(defined), ...(isAdded ? { NODE_V8_COVERAGE: undefined } : {}) }
}
