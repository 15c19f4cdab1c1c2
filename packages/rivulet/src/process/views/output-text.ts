/** Text where the bytes are UTF-8, base64 where they are not. */
export type OutputText = { data: string; encoding?: 'base64' }

/** Makes text of the chunks of one stream. Holds at most 3 bytes, of a code point that is split between two chunks. */
export class OutputTexts {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  #held: Uint8Array = new Uint8Array(0)

  push(chunk: Uint8Array): OutputText | undefined {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const split = bytes.length - unfinishedBytes(bytes)
    this.#held = bytes.slice(split)
    return this.#text(bytes.subarray(0, split))
  }

  /** What was held: a code point that was never finished. */
  end(): OutputText | undefined {
    const rest = this.#held
    this.#held = new Uint8Array(0)
    return this.#text(rest)
  }

  #text(bytes: Uint8Array): OutputText | undefined {
    if (bytes.length === 0) return undefined
    try {
      return { data: this.#decoder.decode(bytes) }
    } catch {
      // It is not UTF-8, and base64 keeps every byte.
      return { data: Buffer.from(bytes).toString('base64'), encoding: 'base64' }
    }
  }
}

/** How many bytes at the end begin a code point that is incomplete. */
function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 && byte < 0xf8 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return byte < 0xf8 && length > back ? back : 0
  }
  return 0
}
