import type { StreamName } from '../stream-name.ts'

/** Reads tagged chunks to their end, and gives the text of each stream. */
export async function collectText(
  chunks: AsyncIterable<[StreamName, Uint8Array]>,
): Promise<Record<StreamName, string>> {
  const collected = { stdout: new Bytes(), stderr: new Bytes() }
  for await (const [name, chunk] of chunks) collected[name].push(chunk)
  return { stdout: collected.stdout.toString(), stderr: collected.stderr.toString() }
}

/** Bytes in one piece of memory, at most twice as large: a list of chunks of one byte would take a hundred times as much. */
class Bytes {
  #held = new Uint8Array(0)
  #length = 0

  push(chunk: Uint8Array): void {
    const length = this.#length + chunk.length
    if (length > this.#held.length) {
      const larger = new Uint8Array(2 * length)
      larger.set(this.#held.subarray(0, this.#length))
      this.#held = larger
    }
    this.#held.set(chunk, this.#length)
    this.#length = length
  }

  toString(): string {
    return new TextDecoder().decode(this.#held.subarray(0, this.#length))
  }
}
