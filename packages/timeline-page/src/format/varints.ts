/** Writes whole numbers as LEB128: seven bits in each byte, the low ones first, the eighth bit set where more follow. */
export class VarintWriter {
  #bytes = new Uint8Array(1024)
  #length = 0

  /** Appends a number from 0 to 2^53 - 1. */
  push(value: number): void {
    // No such number takes more than 8 bytes.
    if (this.#length + 8 > this.#bytes.length) this.#grow()
    let rest = value
    // Shifts would cut the number to 32 bits.
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes[this.#length++] = (rest % 0x80) | 0x80
    this.#bytes[this.#length++] = rest
  }

  /** A copy of the bytes written so far. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #grow(): void {
    const bytes = new Uint8Array(2 * this.#bytes.length)
    bytes.set(this.#bytes)
    this.#bytes = bytes
  }
}

/** Reads what a `VarintWriter` has written. */
export class VarintReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** @throws A `RangeError` where the bytes end within a number or before it. */
  next(): number {
    let value = 0
    for (let place = 1; ; place *= 0x80) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new RangeError('The index of the lines is cut short')
      value += (byte & 0x7f) * place
      if (byte < 0x80) return value
    }
  }
}
