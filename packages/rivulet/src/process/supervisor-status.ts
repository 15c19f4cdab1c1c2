import { findSupervisor, thisMachine } from './internal/find-supervisor.ts'

/** Whether this machine has the supervisor, and where; or why it has not, in one sentence. */
export type SupervisorStatus =
  { readonly available: true; readonly path: string } | { readonly available: false; readonly reason: string }

let known: SupervisorStatus | undefined

/**
 * Tells whether the supervisor is there, the native program that `order: 'exact'` and `contain: true` need.
 *
 * The first call looks for it and has it try the system, which takes some milliseconds; the answer, also that it is not
 * there, is kept as long as the process lives, but for a reason that passes, such as too many open files. Nothing is looked for before.
 *
 * @example
 * const supervisor = supervisorStatus()
 * supervisor.available ? supervisor.path.endsWith('rivulet-supervisor') : supervisor.reason !== '' // => true
 */
export function supervisorStatus(): SupervisorStatus {
  if (known !== undefined) return known
  const { status, isPassing } = findSupervisor(thisMachine)
  // Where too many files are open now, there may be fewer the next time.
  if (!isPassing) known = Object.freeze(status)
  return status
}
