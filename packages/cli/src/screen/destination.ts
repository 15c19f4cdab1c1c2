import { writeSync } from 'node:fs'
import type { Writable } from 'node:stream'

/** What is known of a destination before anything is written to it. */
interface DestinationFacts {
  readonly isTerminal: boolean
  /** Whether nobody can be there to show on a terminal what is written, as the reader of a pipe may. */
  readonly isFile: boolean
  /** How many characters fit into a line of it, if it is a terminal. */
  readonly columns: () => number
}

/** Where output is written, one chunk after the other. */
export interface Destination extends DestinationFacts {
  /** Writes all of the chunk, however long that takes, and then calls `done` once: at once or later. */
  readonly write: (chunk: string | Uint8Array, done: (error: NodeJS.ErrnoException | undefined) => void) => void
}

/** Milliseconds until a device that accepted nothing is tried again. */
const retryMs = 5

/**
 * A file or a device, written to by ourselves: Node's own stream takes a short write for a complete one, and so would lose the
 * rest when a disk becomes full.
 */
export function fileDestination(descriptor: number, facts: DestinationFacts): Destination {
  const write: Destination['write'] = (chunk, done) => {
    let rest: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EAGAIN') setTimeout(() => write(rest, done), retryMs)
      else done(error as NodeJS.ErrnoException)
      return
    }
    done(undefined)
  }
  return { ...facts, write }
}

/**
 * A pipe or socket, through Node's stream for it, which waits for a slow reader without holding up anything else. A terminal
 * only if there is no other way: Node does nothing but wait while it writes to a terminal that is paused.
 */
export function streamDestination(stream: Writable, facts: DestinationFacts): Destination {
  // `done` hears of it too; without a listener it would end our process.
  stream.on('error', () => undefined)
  return { ...facts, write: (chunk, done) => void stream.write(chunk, (error) => done(error ?? undefined)) }
}
