import type { ChunkItems } from './items/chunk-items.ts'
import type { OutputLimit } from './output-limit.ts'
import type { StreamName } from './stream-name.ts'
import { Tail } from './tail.ts'

/** Who hears what is read. */
export interface IntakeObserver {
  byte(): void
  /** There is more than may be delivered. */
  overLimit(): void
}

/** What becomes of each chunk that was read: the limit, the end of stderr that is kept, and the view's items. */
export class Intake<T> {
  /** The end of stderr, whatever becomes of the rest. */
  readonly stderrTail: Tail = new Tail()
  readonly #items: Record<StreamName, ChunkItems<T>>
  readonly #limit: OutputLimit
  readonly #observer: IntakeObserver

  constructor(items: (name: StreamName) => ChunkItems<T>, limit: OutputLimit, observer: IntakeObserver) {
    this.#items = { stdout: items('stdout'), stderr: items('stderr') }
    this.#limit = limit
    this.#observer = observer
  }

  /** The items of a chunk, of which no more is delivered than the limit allows. */
  push(name: StreamName, chunk: Uint8Array, t?: number): readonly [StreamName, T][] {
    const allowed = this.#count(name, chunk)
    if (allowed === 0) return []
    return tagged(name, this.#items[name].push(allowed < chunk.length ? chunk.subarray(0, allowed) : chunk, t))
  }

  /** A chunk that nobody is given. */
  drop(name: StreamName, chunk: Uint8Array): void {
    this.#count(name, chunk)
  }

  /** The items that are left at the end of a stream. */
  end(name: StreamName): readonly [StreamName, T][] {
    return tagged(name, this.#items[name].end())
  }

  #count(name: StreamName, chunk: Uint8Array): number {
    this.#observer.byte()
    if (name === 'stderr') this.stderrTail.push(chunk)
    const allowed = this.#limit.take(chunk.length)
    if (allowed < chunk.length) this.#observer.overLimit()
    return allowed
  }
}

function tagged<T>(name: StreamName, items: readonly T[]): readonly [StreamName, T][] {
  return items.map((item) => [name, item])
}
