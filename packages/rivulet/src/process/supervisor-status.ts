import { findSupervisor, thisMachine, type SupervisorStatus } from './supervisor/find-supervisor.ts'

export type { SupervisorStatus }

let known: SupervisorStatus | undefined

/**
 * Tells whether the supervisor is available, the native program that `order: 'exact'` and `contain: true` need.
 *
 * The first call looks for it and has it test the system, which takes some milliseconds. The answer, also a negative one,
 * is cached for the life of the process, unless the failure is temporary, such as too many open files. Before the first
 * call nothing is looked for.
 *
 * @example
 * const supervisor = supervisorStatus()
 * supervisor.available ? supervisor.path.endsWith('rivulet-supervisor') : supervisor.reason !== '' // => true
 */
export function supervisorStatus(): SupervisorStatus {
  if (known !== undefined) return known
  const { status, isTemporary } = findSupervisor(thisMachine)
  if (!isTemporary) known = Object.freeze(status)
  return status
}
