import { SpawnError } from '../errors.ts'
import { PlainProgram } from '../program/plain-program.ts'
import type { Program, ProgramParts } from '../program/program.ts'
import type { RunOptions } from '../run-options.ts'
import { supervisorStatus } from '../supervisor-status.ts'
import { SupervisedProgram } from '../supervisor/supervised-program.ts'

export type MakeProgram = <T>(parts: ProgramParts<T>) => Program<T>

/** Takes the supervisor if the options ask for what only it can give. Throws if they do and it is not available. */
export function chooseProgram(command: readonly string[], { order, contain = false }: RunOptions): MakeProgram {
  const isNeeded = contain || order === 'exact'
  if (!isNeeded && order !== 'auto') return (parts) => new PlainProgram(parts)
  const status = supervisorStatus()
  if (status.available) {
    const given = {
      path: status.path,
      order: order === 'arrival' || order === undefined ? 'arrival' : 'exact',
    } as const
    return (parts) => new SupervisedProgram(parts, given)
  }
  if (!isNeeded) return (parts) => new PlainProgram(parts)
  const [option, instead] = contain
    ? ['contain', 'leave it out']
    : ["order: 'exact'", "use order: 'auto' for exact order only where it is available"]
  const why = `${option} needs the supervisor, and ${status.reason}; ${instead}`
  throw new SpawnError(command, 'ERR_NO_SUPERVISOR', why, new Error(status.reason))
}
