import { fstatSync } from 'node:fs'
import { isatty } from 'node:tty'
import type { Destination } from './destination.ts'
import { FileDestination } from './file-destination.ts'
import { StreamDestination } from './stream-destination.ts'

/** What is to be known of one of our two outputs. */
export interface OpenDestination extends Destination {
  readonly isTerminal: boolean
  /** Whether nobody can be there who shows on a terminal what is written, as whoever reads a pipe may. */
  readonly isFile: boolean
}

/** Our own stdout or stderr. */
export function openDestination(name: 'stdout' | 'stderr'): OpenDestination {
  const descriptor = name === 'stdout' ? 1 : 2
  const isTerminal = isatty(descriptor)
  const stats = fstatSync(descriptor)
  const isFile = !isTerminal && (stats.isFile() || stats.isCharacterDevice())
  const destination = isFile ? new FileDestination(descriptor) : new StreamDestination(process[name])
  return { isTerminal, isFile, write: (chunk, done) => destination.write(chunk, done) }
}
