/** Reads whole numbers that were written as LEB128. */
export class VarintReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  next(): number {
    let value = 0
    // Not by shifts, which are of 32 bits.
    for (let place = 1; ; place *= 0x80) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new RangeError('The index of the lines is cut')
      value += (byte & 0x7f) * place
      if (byte < 0x80) return value
    }
  }
}
