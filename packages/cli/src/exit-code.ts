import { constants } from 'node:os'
import { SpawnError, type RunStatus } from 'rivulet/process'

/** The program's own exit code, or 128 and the number of the signal that ended it, as a shell has it. */
export function exitCode({ code, signalCode }: RunStatus): number {
  if (code !== null) return code
  return signalCode === null ? ownFailure : 128 + constants.signals[signalCode]
}

/** The exit code of our own failures, as of `env` and `timeout`. */
export const ownFailure = 125

/** 127 for what is not found, 126 for what cannot be executed, as a shell has it. */
export function startFailureCode(error: SpawnError): number {
  if (error.code === 'ENOENT') return 127
  return error.code === 'EACCES' ? 126 : ownFailure
}
