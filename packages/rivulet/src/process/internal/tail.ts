/** The last bytes of a stream: 64 KiB, as text. Holds at most twice as many. */
export class Tail {
  readonly #capacityBytes: number
  #parts: Uint8Array[] = []
  #bytes = 0

  constructor(capacityBytes = 65_536) {
    this.#capacityBytes = capacityBytes
  }

  push(chunk: Uint8Array): void {
    // A copy: the chunk is the consumer's, to keep and to change.
    const part = chunk.slice(Math.max(0, chunk.length - this.#capacityBytes))
    this.#parts.push(part)
    this.#bytes += part.length
    if (this.#bytes <= 2 * this.#capacityBytes && this.#parts.length <= 1024) return
    // A copy, for a view would keep all that it is a view of.
    const last = new Uint8Array(this.#last())
    this.#parts = [last]
    this.#bytes = last.length
  }

  toString(): string {
    return new TextDecoder().decode(this.#last())
  }

  #last(): Uint8Array {
    const whole = Buffer.concat(this.#parts)
    return whole.subarray(Math.max(0, whole.length - this.#capacityBytes))
  }
}
