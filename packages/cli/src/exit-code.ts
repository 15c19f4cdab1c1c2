import { accessSync, constants as fileAccess, statSync } from 'node:fs'
import { constants } from 'node:os'
import type { RunStatus } from 'rivulet/process'

/** What a program that was stopped for its time ends with, as `timeout` has it. */
export const timedOut = 124

/** The exit code of our own failures, as of `env` and `timeout`. */
export const ownFailure = 125

/** What a signal ends with, as a shell has it. */
export function exitCodeOfSignal(killSignal: NodeJS.Signals): number {
  return 128 + constants.signals[killSignal]
}

/** The program's own exit code, or that of the signal that ended it. */
export function exitCode({ code, signalCode: killSignal }: Pick<RunStatus, 'code' | 'signalCode'>): number {
  if (code !== null) return code
  // A signal that has no name, such as those of real time, is no success either.
  return killSignal === null ? ownFailure : exitCodeOfSignal(killSignal)
}

/**
 * 127 for a program that is not found, 126 for one that cannot be executed, as a shell has it. That there is no folder to run it
 * in is told by the same codes, and is our failure, as of `env --chdir`.
 */
export function startFailureCode({ code }: { code: string }, cwd: string | undefined): number {
  if (cwd !== undefined && !isFolder(cwd)) return ownFailure
  if (code === 'ENOENT') return 127
  return code === 'EACCES' ? 126 : ownFailure
}

function isFolder(path: string): boolean {
  try {
    accessSync(path, fileAccess.X_OK)
    return statSync(path).isDirectory()
  } catch {
    // Whatever the reason: nothing can be run in it.
    return false
  }
}
