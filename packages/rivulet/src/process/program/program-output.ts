import type { Drain } from '../stopping/drain.ts'
import type { StreamName } from '../stream-name.ts'
import { Tail } from './tail.ts'

/** What a view makes of the chunks of one stream: the items that each gives, and what is left at the end. */
export interface ChunkItems<T> {
  /** `t` is when it was read, in milliseconds since the epoch, if that was not now. */
  push(chunk: Uint8Array, t?: number): readonly T[]
  end(): readonly T[]
}

/** Counts the bytes of both streams together up to the most that may be delivered. */
export class OutputLimit {
  #rest: number

  constructor(maxBytes: number | undefined) {
    this.#rest = maxBytes ?? Infinity
  }

  /** Makes the limit smaller, before anything is counted. */
  lower(maxBytes: number): void {
    this.#rest = Math.min(this.#rest, maxBytes)
  }

  /** How many of these bytes may be delivered; fewer than given means that the limit is exceeded. */
  take(bytes: number): number {
    const allowed = Math.min(bytes, this.#rest)
    this.#rest -= allowed
    return allowed
  }
}

/** What each chunk that is read goes through. */
interface OutputParts<T> {
  items: (name: StreamName) => ChunkItems<T>
  limit: OutputLimit
  /** Called when there is more than may be delivered. */
  onLimit: () => void
}

/** All that a program writes: counted, its end kept for an error, and made into the items of a view. */
export class ProgramOutput<T> {
  /** The end of stderr, whatever the view makes of it. */
  readonly stderrTail: Tail = new Tail()
  readonly #items: Record<StreamName, ChunkItems<T>>
  readonly #limit: OutputLimit
  readonly #onLimit: () => void
  #drain: Pick<Drain, 'restart'> | undefined

  constructor({ items, limit, onLimit }: OutputParts<T>) {
    this.#items = { stdout: items('stdout'), stderr: items('stderr') }
    this.#limit = limit
    this.#onLimit = onLimit
  }

  /** Tells it of every chunk from now on. */
  watchWith(drain: Pick<Drain, 'restart'>): void {
    this.#drain = drain
  }

  /** The items of a chunk, of which no more is delivered than the limit allows. */
  push(name: StreamName, chunk: Uint8Array, t?: number): readonly [StreamName, T][] {
    const allowed = this.#count(name, chunk)
    if (allowed === 0) return []
    const items = this.#items[name].push(allowed < chunk.length ? chunk.subarray(0, allowed) : chunk, t)
    return items.map((item) => [name, item])
  }

  /** A chunk that nobody is given. */
  discard(name: StreamName, chunk: Uint8Array): void {
    this.#count(name, chunk)
  }

  /** The items that are left at the end of a stream. */
  end(name: StreamName): readonly [StreamName, T][] {
    return this.#items[name].end().map((item) => [name, item])
  }

  #count(name: StreamName, chunk: Uint8Array): number {
    this.#drain?.restart()
    if (name === 'stderr') this.stderrTail.push(chunk)
    const allowed = this.#limit.take(chunk.length)
    if (allowed < chunk.length) this.#onLimit()
    return allowed
  }
}
