import type { Readable } from 'node:stream'

/** Who hears what a reader did. */
export interface ReaderObserver {
  /** A chunk was read; gives how many of its bytes are handed on. */
  read(chunk: Uint8Array): number
  ended(): void
}

/**
 * Reads one stream of a program only as it is asked. It listens to `readable` from the start, because when the program
 * exits Node makes every stream flow that nobody listens to, and what flows is lost or piles up.
 */
export class PullReader implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #observer: ReaderObserver
  #stream: Readable | undefined
  #asked: { resolve(result: IteratorResult<Uint8Array, undefined>): void; reject(error: unknown): void } | undefined
  #error: { error: unknown } | undefined
  #state: 'open' | 'dropping' | 'ended' = 'open'

  constructor(observer: ReaderObserver) {
    this.#observer = observer
  }

  get isEnded(): boolean {
    return this.#state === 'ended'
  }

  /** The program was started: this is what it prints. */
  attach(stream: Readable): void {
    this.#stream = stream
    stream.on('readable', this.#answer)
    stream.on('end', this.cut)
    stream.on('close', this.cut)
    stream.on('error', (error: unknown) => {
      this.#error ??= { error }
      this.cut()
    })
    this.#answer()
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
    this.#stream?.destroy()
    this.#answer()
    this.#observer.ended()
  }

  readonly #answer = (): void => {
    if (this.#state === 'dropping') this.#drop()
    const asked = this.#asked
    if (asked === undefined) return
    if (this.#state === 'open') {
      const chunk = this.#read()
      if (chunk === undefined) return
      this.#asked = undefined
      const handedOn = this.#observer.read(chunk)
      if (handedOn > 0) asked.resolve({ done: false, value: chunk.subarray(0, handedOn) })
      else asked.resolve({ done: true, value: undefined })
      return
    }
    this.#asked = undefined
    if (this.#error === undefined || this.#state === 'dropping') asked.resolve({ done: true, value: undefined })
    else asked.reject(this.#error.error)
  }

  #read(): Uint8Array | undefined {
    const chunk = this.#stream?.read() as Buffer | null | undefined
    if (chunk === null || chunk === undefined || chunk.length === 0) return undefined
    // A plain Uint8Array, since a Buffer means other things by `slice` and `toString`, and one whose memory is its own.
    return chunk.length === chunk.buffer.byteLength
      ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      : new Uint8Array(chunk)
  }

  #drop(): void {
    for (let chunk = this.#read(); chunk !== undefined; chunk = this.#read()) this.#observer.read(chunk)
  }
}
