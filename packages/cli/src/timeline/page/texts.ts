import type { LineTable } from './line-table.ts'
import { unpacked } from './unpacked.ts'

/** Unpacked blocks that are held, of some 512 KiB each. */
const heldBlocks = 24

/** The texts of the lines. They are unpacked when they are asked for, a block at a time, and the last such blocks are held. */
export class Texts {
  readonly #table: LineTable
  readonly #packed: readonly (() => string)[]
  readonly #held = new Map<number, Uint8Array>()
  readonly #loading = new Map<number, Promise<void>>()
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  readonly #onFailure: (error: unknown) => void

  constructor(table: LineTable, packed: readonly (() => string)[], onFailure: (error: unknown) => void) {
    this.#table = table
    this.#packed = packed
    this.#onFailure = onFailure
  }

  /** The text, where its block is held. */
  peek(id: number): string | undefined {
    const { block, fromByte, toByte } = this.#table.textPlaceOf(id)
    const bytes = this.#held.get(block)
    if (bytes === undefined) return undefined
    // The one that was used last is let go last.
    this.#held.delete(block)
    this.#held.set(block, bytes)
    return this.#decoder.decode(bytes.subarray(fromByte, toByte))
  }

  /** Resolves when these texts can be peeked at. Those of a block that cannot be unpacked are empty. */
  async load(ids: readonly number[]): Promise<void> {
    const blocks = new Set(ids.map((id) => this.#table.textPlaceOf(id).block))
    await Promise.all([...blocks].map((block) => this.#loadBlock(block)))
  }

  #loadBlock(block: number): Promise<void> {
    if (this.#held.has(block)) return Promise.resolve()
    let loading = this.#loading.get(block)
    if (loading === undefined) {
      loading = this.#unpack(block).finally(() => this.#loading.delete(block))
      this.#loading.set(block, loading)
    }
    return loading
  }

  async #unpack(block: number): Promise<void> {
    const packed = this.#packed[block]
    if (packed === undefined) return
    try {
      this.#held.set(block, await unpacked(packed()))
    } catch (error) {
      this.#held.set(block, new Uint8Array())
      this.#onFailure(error)
    }
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= heldBlocks) break
      this.#held.delete(oldest)
    }
  }
}
