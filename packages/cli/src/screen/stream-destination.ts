import type { Writable } from 'node:stream'
import type { Destination } from './destination.ts'

/**
 * A pipe or socket, by way of Node's stream for it: it waits for a slow reader without holding up anything else. A terminal only
 * where there is no other way: to one that stands still Node writes until it goes on, and does nothing else.
 */
export class StreamDestination implements Destination {
  readonly #stream: Writable

  constructor(stream: Writable) {
    this.#stream = stream
    // Told to `done` as well; without a listener it would end our process.
    stream.on('error', () => undefined)
  }

  write(chunk: string | Uint8Array, done: (error: NodeJS.ErrnoException | undefined) => void): void {
    this.#stream.write(chunk, (error) => done(error ?? undefined))
  }
}
