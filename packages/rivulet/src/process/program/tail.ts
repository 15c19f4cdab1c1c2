/** The last bytes of a stream, 64 KiB by default, as text. Holds at most twice as many. */
export class Tail {
  readonly #capacityBytes: number
  #parts: Uint8Array[] = []
  #bytes = 0

  constructor(capacityBytes = 65_536) {
    this.#capacityBytes = capacityBytes
  }

  push(chunk: Uint8Array): void {
    // A copy: the chunk belongs to the consumer, who may change it.
    const part = chunk.slice(Math.max(0, chunk.length - this.#capacityBytes))
    this.#parts.push(part)
    this.#bytes += part.length
    if (this.#bytes <= 2 * this.#capacityBytes && this.#parts.length <= 1024) return
    // A copy: a view would keep all of its memory alive.
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
