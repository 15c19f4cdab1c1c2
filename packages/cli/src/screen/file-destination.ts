import { writeSync } from 'node:fs'
import type { Destination } from './destination.ts'

/** Milliseconds until a device that took nothing is tried again. */
const retryMs = 5

/**
 * A file or a device, written to by ourselves: Node's own stream takes a short write for a whole one, and so would lose the
 * rest where a disk becomes full.
 */
export class FileDestination implements Destination {
  readonly #descriptor: number

  constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  write(chunk: string | Uint8Array, done: (error: NodeJS.ErrnoException | undefined) => void): void {
    let rest: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.#descriptor, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EAGAIN') setTimeout(() => this.write(rest, done), retryMs)
      else done(error as NodeJS.ErrnoException)
      return
    }
    done(undefined)
  }
}
