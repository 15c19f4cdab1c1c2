import type { Writable } from 'node:stream'

/** Our own stdout, written as fast as it is read, until its reader leaves. */
export class Output {
  readonly #stream: Writable
  #hasLeft = false
  #failure: Error | undefined
  #onWritable: (() => void) | undefined

  constructor(stream: Writable) {
    this.#stream = stream
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') this.#hasLeft = true
      else this.#failure = error
      this.#onWritable?.()
    })
    stream.on('drain', () => this.#onWritable?.())
  }

  /** Writes and waits until there is room for more. Says whether the reader is still there. */
  async write(text: string): Promise<boolean> {
    if (!this.#hasLeft && this.#failure === undefined && !this.#stream.write(text)) {
      await new Promise<void>((resolve) => (this.#onWritable = resolve))
    }
    if (this.#failure !== undefined) throw this.#failure
    return !this.#hasLeft
  }
}
