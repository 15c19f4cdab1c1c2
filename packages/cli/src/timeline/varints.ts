/** Whole numbers as LEB128: seven bits a byte, the low ones first, the eighth bit where more follow. */
export class Varints {
  #bytes = new Uint8Array(1024)
  #length = 0

  /** Appends a number from 0 to 2^53 - 1. */
  push(value: number): void {
    // The most that one takes.
    if (this.#length + 8 > this.#bytes.length) this.#grow()
    let rest = value
    // Not by shifts, which are of 32 bits.
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes[this.#length++] = (rest % 0x80) | 0x80
    this.#bytes[this.#length++] = rest
  }

  /** All since the last time, with memory that is the caller's. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length)
    this.#length = 0
    return taken
  }

  #grow(): void {
    const bytes = new Uint8Array(2 * this.#bytes.length)
    bytes.set(this.#bytes)
    this.#bytes = bytes
  }
}
