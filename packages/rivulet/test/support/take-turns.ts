import { run } from '../../src/process/index.ts'

/**
 * Begins runs that end at once, so that a run that is begun next in the same turn of the event loop waits for as many
 * turns. Resolves when they are over.
 */
export function takeTurns(count = 1): Promise<unknown> {
  return Promise.all(Array.from({ length: count }, () => run('true').wait()))
}
