import type { Readable } from 'node:stream'
import type { StreamName } from '../stream-name.ts'
import { ItemsOnDemand } from './items-on-demand.ts'
import type { ProgramOutput } from './program-output.ts'

/**
 * Reads one stream of a program, and only as it is asked. It listens to `readable` from the start: when the program exits,
 * Node makes every stream flow that nobody listens to, and what flows is lost or piles up.
 */
export class PipeReader<T> implements AsyncIterableIterator<[StreamName, T], undefined> {
  readonly #name: StreamName
  readonly #output: ProgramOutput<T>
  readonly #onEnd: () => void
  readonly #items: ItemsOnDemand<[StreamName, T]>
  #stream: Readable | undefined
  #isDiscarding = false
  #isClosed = false
  #error: { error: unknown } | undefined

  constructor(name: StreamName, output: ProgramOutput<T>, onEnd: () => void) {
    this.#name = name
    this.#output = output
    this.#onEnd = onEnd
    this.#items = new ItemsOnDemand(this.#make)
  }

  /** The program was started, and this is what it prints. */
  attach(stream: Readable): void {
    this.#stream = stream
    stream.on('readable', this.#onReadable)
    stream.on('end', this.close)
    stream.on('close', this.close)
    stream.on('error', (error: unknown) => {
      this.#error ??= { error }
      this.close()
    })
    this.#onReadable()
  }

  next(): Promise<IteratorResult<[StreamName, T], undefined>> {
    return this.#items.next()
  }

  /** Leaves the pipe open, and throws away what comes: a program that is being ended must not block on a full pipe. */
  return(): Promise<IteratorResult<[StreamName, T], undefined>> {
    if (!this.#isClosed && !this.#isDiscarding) {
      this.#isDiscarding = true
      this.#closeItems()
      this.#onReadable()
    }
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Reads no more: the stream has ended, or something else holds its other end. */
  readonly close = (): void => {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#stream?.destroy()
    this.#closeItems(this.#error)
    this.#onEnd()
  }

  #closeItems(error?: { error: unknown }): void {
    this.#items.close(() => this.#output.end(this.#name), error)
  }

  readonly #onReadable = (): void => {
    if (this.#isDiscarding) this.#discard()
    else this.#items.answer()
  }

  readonly #make = (): readonly [StreamName, T][] | undefined => {
    const chunk = this.#read()
    return chunk === undefined ? undefined : this.#output.push(this.#name, chunk)
  }

  #read(): Uint8Array | undefined {
    const chunk = this.#stream?.read() as Buffer | null | undefined
    if (chunk === null || chunk === undefined || chunk.length === 0) return undefined
    // A plain Uint8Array with memory of its own: a Buffer means other things by `slice` and `toString`.
    return chunk.length === chunk.buffer.byteLength
      ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      : new Uint8Array(chunk)
  }

  #discard(): void {
    for (let chunk = this.#read(); chunk !== undefined; chunk = this.#read()) this.#output.discard(this.#name, chunk)
  }
}
