import { constants, fstatSync, openSync } from 'node:fs'
import { isatty } from 'node:tty'
import { fileDestination, streamDestination, type Destination } from './destination.ts'
import { terminalSize } from './terminal-size.ts'

/** The two places that are written to. */
export interface Outputs {
  stdout: Destination
  stderr: Destination
  /** Whether both end at the same terminal, file or pipe. */
  isShared: boolean
}

/** Our own stdout and stderr. */
export function openOutputs(): Outputs {
  const [stdout, stderr] = [openOutput('stdout'), openOutput('stderr')]
  // One terminal may have several names, and /dev/tty does not say whose it is.
  const areTerminals = stdout.isTerminal && stderr.isTerminal
  return { stdout, stderr, isShared: areTerminals || isSameFile(1, 2) }
}

/** Whether two descriptors end at the same terminal, file, pipe or socket, so that what is written to them is one text. */
export function isSameFile(one: number, other: number): boolean {
  const [a, b] = [fstatSync(one), fstatSync(other)]
  // One terminal may have several names, such as /dev/tty1 in two containers; its device is the same.
  if (a.isCharacterDevice() && b.isCharacterDevice()) return a.rdev === b.rdev
  return a.dev === b.dev && a.ino === b.ino
}

function openOutput(name: 'stdout' | 'stderr'): Destination {
  const descriptor = name === 'stdout' ? 1 : 2
  const isTerminal = isatty(descriptor)
  const stats = fstatSync(descriptor)
  const isFile = !isTerminal && (stats.isFile() || stats.isCharacterDevice())
  const facts = { isTerminal, isFile, columns: () => terminalSize(process[name]).columns }
  const ours = isTerminal ? openAgain(descriptor) : isFile ? descriptor : undefined
  return ours === undefined ? streamDestination(process[name], facts) : fileDestination(ours, facts)
}

/**
 * The same terminal, opened so that a write to one that is paused, as by Ctrl-S, does not hold up our event loop: whether it
 * waits depends on the open file, which we share with others. Like the original it stays open for the life of our process.
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
