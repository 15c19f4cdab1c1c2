import { gzipError, gzipHeaderBytes, isGzip } from './gzip-header.ts'
import { Inflation, trailerBytes } from './inflation.ts'

const none = Buffer.alloc(0)

/** Reads gzip data, whose members follow one another. Zeros may follow them, as a tape adds them. */
export class GzipMembers {
  /** The one that is read. */
  #member: Inflation | undefined
  #hasEnded = false
  /** The beginning of a header or trailer that is not whole yet. */
  #held = none

  async *push(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
    let left = Buffer.concat([this.#held, chunk])
    this.#held = none
    while (left.length > 0) {
      if (this.#member === undefined) {
        if (this.#hasEnded && left.every((byte) => byte === 0)) return
        if (left.length > 1 && !isGzip(left)) throw gzipError(this.#hasEnded ? 'TRAILING_BYTES' : 'Z_DATA_ERROR')
        const headerBytes = gzipHeaderBytes(left)
        if (headerBytes === undefined) break
        this.#member = new Inflation()
        left = left.subarray(headerBytes)
        continue
      }
      if (!this.#member.hasEnded) {
        const { takenBytes } = this.#member
        yield* this.#member.push(left)
        left = left.subarray(this.#member.takenBytes - takenBytes)
        continue
      }
      if (left.length < trailerBytes) break
      this.#member.check(left)
      this.#member = undefined
      this.#hasEnded = true
      left = left.subarray(trailerBytes)
    }
    this.#held = left
  }

  async *end(): AsyncGenerator<Uint8Array> {
    if (this.#member?.hasEnded === false) yield* this.#member.end()
    if (this.#member !== undefined) throw gzipError('Z_BUF_ERROR')
    if (this.#held.length > 0) throw gzipError(isGzip(this.#held) ? 'Z_BUF_ERROR' : 'TRAILING_BYTES')
  }

  destroy(): void {
    this.#member?.destroy()
  }
}
