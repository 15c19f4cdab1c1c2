import { accessSync, constants as fileAccess, statSync } from 'node:fs'
import { constants } from 'node:os'
import type { RunStatus } from 'rivulet/process'

/** The exit code for a command line that is wrong, as shells have it. */
export const usageFailure = 2

/** The exit code of a program that timed out, as with `timeout`. */
export const timedOut = 124

/** The exit code of our own failures, as with `env` and `timeout`. */
export const ownFailure = 125

/** The exit code of a program that was ended by a signal, as in a shell. */
export function exitCodeOfSignal(killSignal: NodeJS.Signals): number {
  return 128 + constants.signals[killSignal]
}

/** The program's own exit code, or the one for the signal that ended it. */
export function exitCode({ code, signalCode: killSignal }: Pick<RunStatus, 'code' | 'signalCode'>): number {
  if (code !== null) return code
  // A signal that has no name, such as a real-time signal, is no success either.
  return killSignal === null ? ownFailure : exitCodeOfSignal(killSignal)
}

/**
 * 127 for a program that is not found, 126 for one that cannot be executed, as in a shell. The system says the same of a folder
 * to run in that is missing; that is our own failure, as with `env --chdir`.
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
