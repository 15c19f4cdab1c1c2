import type { Readable } from 'node:stream'
import { AskedItems } from './asked-items.ts'
import type { Intake } from './intake.ts'
import type { StreamName } from './stream-name.ts'

/**
 * Reads one stream of a program only as it is asked. It listens to `readable` from the start, because when the program
 * exits Node makes every stream flow that nobody listens to, and what flows is lost or piles up.
 */
export class PullReader<T> implements AsyncIterableIterator<[StreamName, T], undefined> {
  readonly #name: StreamName
  readonly #intake: Intake<T>
  readonly #onEnd: () => void
  readonly #items = new AskedItems(() => this.#make())
  #stream: Readable | undefined
  #isDropping = false
  #isCut = false
  #error: { error: unknown } | undefined

  constructor(name: StreamName, intake: Intake<T>, onEnd: () => void) {
    this.#name = name
    this.#intake = intake
    this.#onEnd = onEnd
  }

  /** The program was started: this is what it prints. */
  attach(stream: Readable): void {
    this.#stream = stream
    stream.on('readable', this.#onReadable)
    stream.on('end', this.cut)
    stream.on('close', this.cut)
    stream.on('error', (error: unknown) => {
      this.#error ??= { error }
      this.cut()
    })
    this.#onReadable()
  }

  next(): Promise<IteratorResult<[StreamName, T], undefined>> {
    return this.#items.next()
  }

  /** Leaves the pipe open, and drops what comes: a program that is being ended must not stand still on a full pipe. */
  return(): Promise<IteratorResult<[StreamName, T], undefined>> {
    if (!this.#isCut && !this.#isDropping) {
      this.#isDropping = true
      this.#end()
      this.#onReadable()
    }
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Nothing more is read: the stream ended, or whoever holds it is let go. */
  readonly cut = (): void => {
    if (this.#isCut) return
    this.#isCut = true
    this.#stream?.destroy()
    this.#end(this.#error)
    this.#onEnd()
  }

  #end(error?: { error: unknown }): void {
    this.#items.end(() => this.#intake.end(this.#name), error)
  }

  readonly #onReadable = (): void => {
    if (this.#isDropping) this.#drop()
    else this.#items.answer()
  }

  #make(): readonly [StreamName, T][] | undefined {
    const chunk = this.#read()
    return chunk === undefined ? undefined : this.#intake.push(this.#name, chunk)
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
    for (let chunk = this.#read(); chunk !== undefined; chunk = this.#read()) this.#intake.drop(this.#name, chunk)
  }
}
