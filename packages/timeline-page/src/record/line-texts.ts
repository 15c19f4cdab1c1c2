import type { LineTable } from './line-table.ts'
import { unpack } from './unpack.ts'

/** How many unpacked blocks are held, of about 512 KiB each. */
const heldBlocks = 24

/** The texts of the lines. A block of them is unpacked when one of its texts is asked for; the blocks used last are held. */
export class LineTexts {
  readonly #table: LineTable
  readonly #packed: readonly (() => string)[]
  /** The block that was used last comes last. */
  readonly #held = new Map<number, Uint8Array>()
  readonly #loading = new Map<number, Promise<void>>()
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  readonly #onFailure: (error: unknown) => void

  constructor(table: LineTable, packed: readonly (() => string)[], onFailure: (error: unknown) => void) {
    this.#table = table
    this.#packed = packed
    this.#onFailure = onFailure
  }

  /** The text of a line, if its block is held. */
  peek(id: number): string | undefined {
    const { block, fromByte, toByte } = this.#table.textPlaceOf(id)
    const bytes = this.#held.get(block)
    if (bytes === undefined) return undefined
    this.#held.delete(block)
    this.#held.set(block, bytes)
    return this.#decoder.decode(bytes.subarray(fromByte, toByte))
  }

  /** Resolves when these texts can be peeked at. The texts of a block that cannot be unpacked are empty. */
  async load(ids: readonly number[]): Promise<void> {
    const blocks = new Set(ids.map((id) => this.#table.textPlaceOf(id).block))
    await Promise.all([...blocks].map((block) => this.#loadBlock(block)))
  }

  #loadBlock(block: number): Promise<void> {
    if (this.#held.has(block)) return Promise.resolve()
    let loading = this.#loading.get(block)
    if (loading === undefined) {
      loading = this.#unpackBlock(block).finally(() => this.#loading.delete(block))
      this.#loading.set(block, loading)
    }
    return loading
  }

  async #unpackBlock(block: number): Promise<void> {
    const packed = this.#packed[block]
    if (packed === undefined) return
    try {
      this.#held.set(block, await unpack(packed()))
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
