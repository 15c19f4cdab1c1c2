import type { Gunzip } from 'node:zlib'

/**
 * Gives what is compressed in these chunks, or the chunks themselves where they are not gzip, which their first two bytes tell.
 * Several members are read as one, and zeros may follow the last, as gzip has it.
 *
 * What can be read before an error is given before it is thrown: everything where the data is cut short; where it is damaged, fails its
 * check or is followed by something else, everything but the last 16 KiB at most, which zlib keeps to itself.
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
        if (start[0] === 0x1f && start[1] === 0x8b) {
          // Most records are not compressed, and what is not loaded takes no time.
          const { createGunzip } = await import('node:zlib')
          inflation = new Inflation(createGunzip())
          yield* inflation.push(start)
        } else {
          isPlain = true
          yield start
        }
      }
    }
    if (inflation !== undefined) yield* inflation.close()
    else if (!isPlain && start.length > 0) yield start
  } finally {
    inflation?.[Symbol.dispose]()
  }
}

/** Inflates one chunk at a time, and gives all that comes of it before it takes the next: an error drops what nobody has read. */
class Inflation implements Disposable {
  readonly #gunzip: Gunzip
  /** Whether zeros have followed a member. zlib takes nothing more then. */
  #hasEnded = false
  #failure: { error: unknown } | undefined
  #wake: () => void = () => undefined

  constructor(gunzip: Gunzip) {
    this.#gunzip = gunzip
    gunzip.on('readable', () => this.#wake())
    gunzip.on('end', () => this.#wake())
    gunzip.on('error', (error) => {
      // The first member was seen to begin as one: it is a later one that does not.
      this.#failure ??= { error: error.message === 'incorrect header check' ? trailingBytes() : error }
      this.#wake()
    })
  }

  async *push(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
    let rest = chunk
    if (!this.#hasEnded) {
      const beforeBytes = this.#gunzip.bytesWritten
      let isTaken = false
      this.#gunzip.write(chunk, () => {
        isTaken = true
        this.#wake()
      })
      yield* this.#given(() => isTaken)
      rest = chunk.subarray(this.#gunzip.bytesWritten - beforeBytes)
      this.#hasEnded = rest.length > 0
    }
    if (rest.some((byte) => byte !== 0)) throw trailingBytes()
  }

  async *close(): AsyncGenerator<Uint8Array> {
    this.#gunzip.end()
    yield* this.#given(() => this.#gunzip.readableEnded)
  }

  [Symbol.dispose](): void {
    this.#gunzip.destroy()
  }

  async *#given(isDone: () => boolean): AsyncGenerator<Uint8Array> {
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

function trailingBytes(): Error {
  return Object.assign(new Error('TRAILING_BYTES'), { code: 'TRAILING_BYTES' })
}
