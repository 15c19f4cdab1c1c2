import type { Readable } from 'node:stream'

/**
 * Reads one stream of a program only as it is asked. It listens to `readable` from the start, because when the program
 * exits Node makes every stream flow that nobody listens to, and what flows is lost or piles up.
 */
export class PullReader implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #stream: Readable
  readonly #onChunk: (chunk: Uint8Array) => void
  readonly #onEnd: () => void
  #asked: { resolve(result: IteratorResult<Uint8Array, undefined>): void; reject(error: unknown): void } | undefined
  #error: { error: unknown } | undefined
  #state: 'open' | 'dropping' | 'ended' = 'open'

  constructor(stream: Readable, onChunk: (chunk: Uint8Array) => void, onEnd: () => void) {
    this.#stream = stream
    this.#onChunk = onChunk
    this.#onEnd = onEnd
    stream.on('readable', this.#answer)
    stream.on('end', this.cut)
    stream.on('close', this.cut)
    stream.on('error', (error: unknown) => {
      this.#error ??= { error }
      this.cut()
    })
  }

  get isEnded(): boolean {
    return this.#state === 'ended'
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject }
      this.#answer()
    })
  }

  /** Leaves the pipe open, and drops what comes: a program that is being ended must not stand still on a full pipe. */
  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#state === 'open') {
      this.#state = 'dropping'
      this.#answer()
    }
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Nothing more is read: the stream ended, or whoever holds it is let go. */
  readonly cut = (): void => {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    this.#stream.destroy()
    this.#answer()
    this.#onEnd()
  }

  readonly #answer = (): void => {
    if (this.#state === 'dropping') while (this.#stream.read() !== null);
    const asked = this.#asked
    if (asked === undefined) return
    if (this.#state === 'open') {
      const chunk = this.#stream.read() as Buffer | null
      if (chunk === null || chunk.length === 0) return
      this.#asked = undefined
      // A plain Uint8Array: a Buffer means other things by `slice` and `toString`.
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      this.#onChunk(bytes)
      asked.resolve({ done: false, value: bytes })
      return
    }
    this.#asked = undefined
    if (this.#error === undefined || this.#state === 'dropping') asked.resolve({ done: true, value: undefined })
    else asked.reject(this.#error.error)
  }
}
