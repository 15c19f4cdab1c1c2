import { createGunzip } from 'node:zlib'

/**
 * Gives what is compressed in these chunks, or the chunks themselves where they are not gzip: told by their first two
 * bytes. Several members one after the other are read as one, as gzip has it. What can be
 * read before an error is given before it is thrown: all of it where the data is cut, all but 16 KiB at most where it is
 * damaged.
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start = Buffer.alloc(0)
  let inflation: Inflation | undefined
  let isPlain = false
  try {
    for await (const chunk of chunks) {
      if (isPlain) yield chunk
      else if (inflation !== undefined) yield* inflation.push(chunk)
      else {
        start = Buffer.concat([start, chunk])
        if (start.length < 2) continue
        if (isGzip(start)) {
          inflation = new Inflation()
          yield* inflation.push(start)
        } else {
          isPlain = true
          yield start
        }
      }
    }
    if (inflation !== undefined) yield* inflation.end()
    else if (!isPlain && start.length > 0) yield start
  } finally {
    inflation?.destroy()
  }
}

function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b
}

/**
 * Inflates one chunk at a time, and takes all that it gives before the next: a stream that is piped drops at an error
 * what had been inflated and not yet been read.
 */
class Inflation {
  readonly #gunzip = createGunzip()
  #failure: { error: unknown } | undefined
  #wake: () => void = () => undefined

  constructor() {
    this.#gunzip.on('readable', () => this.#wake())
    this.#gunzip.on('end', () => this.#wake())
    this.#gunzip.on('error', (error) => {
      this.#failure ??= { error }
      this.#wake()
    })
  }

  async *push(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
    let isTaken = false
    this.#gunzip.write(chunk, () => {
      isTaken = true
      this.#wake()
    })
    yield* this.#taken(() => isTaken)
  }

  async *end(): AsyncGenerator<Uint8Array> {
    this.#gunzip.end()
    yield* this.#taken(() => this.#gunzip.readableEnded)
  }

  destroy(): void {
    this.#gunzip.destroy()
  }

  async *#taken(isDone: () => boolean): AsyncGenerator<Uint8Array> {
    for (;;) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve))
      for (let bytes = this.#read(); bytes !== null; bytes = this.#read()) yield bytes
      if (this.#failure !== undefined) throw this.#failure.error
      if (isDone()) return
      await woken
    }
  }

  #read(): Uint8Array | null {
    return this.#gunzip.read() as Uint8Array | null
  }
}
