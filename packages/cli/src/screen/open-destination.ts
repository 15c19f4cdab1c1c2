import { constants, fstatSync, openSync } from 'node:fs'
import { isatty } from 'node:tty'
import type { Destination } from './destination.ts'
import { FileDestination } from './file-destination.ts'
import { StreamDestination } from './stream-destination.ts'
import { terminalSize } from './terminal-size.ts'

/** What is to be known of one of our two outputs. */
export interface OpenDestination extends Destination {
  readonly isTerminal: boolean
  /** Whether nobody can be there who shows on a terminal what is written, as whoever reads a pipe may. */
  readonly isFile: boolean
  /** How many characters fit into a line of it, where it is a terminal. */
  columns(): number
}

/** Our own stdout or stderr. */
export function openDestination(name: 'stdout' | 'stderr'): OpenDestination {
  const descriptor = name === 'stdout' ? 1 : 2
  const isTerminal = isatty(descriptor)
  const stats = fstatSync(descriptor)
  const isFile = !isTerminal && (stats.isFile() || stats.isCharacterDevice())
  const destination = destinationOf(name, isTerminal ? openAgain(descriptor) : isFile ? descriptor : undefined)
  return {
    isTerminal,
    isFile,
    columns: () => terminalSize(process[name]).columns,
    write: (chunk, done) => destination.write(chunk, done),
  }
}

function destinationOf(name: 'stdout' | 'stderr', descriptor: number | undefined): Destination {
  return descriptor === undefined ? new StreamDestination(process[name]) : new FileDestination(descriptor)
}

/**
 * The same terminal, opened so that a write to one that stands still, as after Ctrl-S, does not hold up our event loop: that it
 * would wait is a matter of the opening, which we share with others. Like what it doubles it stays open as long as we live.
 */
function openAgain(descriptor: number): number | undefined {
  const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants
  try {
    return openSync(`/dev/fd/${descriptor}`, O_WRONLY | O_NONBLOCK | O_NOCTTY)
  } catch {
    // It may be somebody else's, as after `su`, or have no name here, as in a container: then Node's stream has to do.
    return undefined
  }
}
