import { crc32, createInflateRaw } from 'node:zlib'
import { gzipError } from './gzip-header.ts'

/** The length and the check with which a member of gzip ends, in bytes. */
export const trailerBytes = 8

/**
 * Inflates the data of one member of gzip, one chunk at a time, and takes all that it gives before the next: a stream that is
 * piped drops at an error what had been inflated and not yet been read.
 */
export class Inflation {
  readonly #inflate = createInflateRaw()
  #failure: { error: unknown } | undefined
  #wake: () => void = () => undefined
  #check = 0
  #lengthBytes = 0

  constructor() {
    this.#inflate.on('readable', () => this.#wake())
    this.#inflate.on('end', () => this.#wake())
    this.#inflate.on('error', (error) => {
      this.#failure ??= { error }
      this.#wake()
    })
  }

  /** Whether its data has ended. Where that ends with a chunk it is seen only when there is more. */
  get hasEnded(): boolean {
    return this.#inflate.readableEnded
  }

  /** How much of what was pushed was its data. */
  get takenBytes(): number {
    return this.#inflate.bytesWritten
  }

  async *push(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
    let isTaken = false
    this.#inflate.write(chunk, () => {
      isTaken = true
      this.#wake()
    })
    yield* this.#given(() => isTaken || this.hasEnded)
  }

  async *end(): AsyncGenerator<Uint8Array> {
    this.#inflate.end()
    yield* this.#given(() => this.hasEnded)
  }

  /** Throws where what it gave is not what was compressed, as the bytes that follow the data have it. */
  check(trailer: Buffer): void {
    const isRight = trailer.readUInt32LE(0) === this.#check && trailer.readUInt32LE(4) === this.#lengthBytes % 2 ** 32
    if (!isRight) throw gzipError('Z_DATA_ERROR')
  }

  destroy(): void {
    this.#inflate.destroy()
  }

  async *#given(isDone: () => boolean): AsyncGenerator<Uint8Array> {
    for (;;) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve))
      for (let bytes = this.#read(); bytes !== null; bytes = this.#read()) {
        this.#check = crc32(bytes, this.#check)
        this.#lengthBytes += bytes.length
        yield bytes
      }
      if (this.#failure !== undefined) throw this.#failure.error
      if (isDone()) return
      await woken
    }
  }

  #read(): Uint8Array | null {
    return this.#inflate.read() as Uint8Array | null
  }
}
