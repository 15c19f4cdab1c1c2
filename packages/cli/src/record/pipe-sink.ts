import { constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Sink } from './sink.ts'

/**
 * A pipe that lines are written to, such as `>(gzip > run.jsonl.gz)` gives. Its reader may keep us waiting, so that writes do not
 * block: they would hold up signals and timeouts too.
 */
export class PipeSink implements Sink {
  readonly #socket: Socket
  #failure: Error | undefined

  constructor(path: string) {
    // Without a reader, opening fails instead of waiting for one.
    const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
    this.#socket = new Socket({ fd, readable: false, writable: true })
    // An error between two writes would otherwise be uncaught; the next write tells it.
    this.#socket.on('error', (error) => (this.#failure ??= error))
  }

  write(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(line, (error) => {
        if (error === null || error === undefined) resolve()
        else reject(this.#failure ?? error)
      })
    })
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.closed) resolve()
      else this.#socket.once('close', () => resolve()).destroy()
    })
  }
}
