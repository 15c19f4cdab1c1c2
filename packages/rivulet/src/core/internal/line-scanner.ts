/** How a line ended: by its newline, cut because it is too long, or by the end of its source. */
export type LineEnd = '\n' | '\r\n' | 'cut' | 'eof'

/** Who takes the text that the scanner finds. */
export interface LineSink {
  /** Whole lines, each with its `\n`. */
  lines(text: string): void
  /** One line, or a piece of one, without its end. */
  piece(text: string, end: LineEnd): void
}

const newline = 10
const carriageReturn = 13

/** Finds whole lines in bytes that come in any pieces. Holds at most `maxLineBytes + 1` bytes between two calls. */
export class LineScanner {
  readonly #maxLineBytes: number
  readonly #sink: LineSink
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  readonly #encoder = new TextEncoder()
  /** Begins with the unfinished line; grown by doubling, and used again. */
  #carried = new Uint8Array(256)
  #carriedBytes = 0
  /** A high surrogate that waits for the low one in the next string. */
  #surrogate = ''
  #isAtStart = true

  constructor(maxLineBytes: number, sink: LineSink) {
    this.#maxLineBytes = maxLineBytes
    this.#sink = sink
  }

  push(chunk: string | Uint8Array): void {
    let bytes = typeof chunk === 'string' ? this.#encode(chunk) : chunk
    if (typeof chunk !== 'string' && this.#surrogate !== '') this.#scan(this.#flushSurrogate())
    if (this.#isAtStart) {
      // Three bytes are needed to tell a byte order mark.
      const start = this.#takeCarried(bytes)
      if (start.length < 3 && isPrefixOfMark(start)) {
        this.#carry(start)
        return
      }
      this.#isAtStart = false
      bytes = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? start.subarray(3) : start
    }
    this.#scan(bytes)
  }

  end(): void {
    if (this.#surrogate !== '') this.push(this.#flushSurrogate())
    const rest = this.#cutDown(this.#takeCarried(undefined), this.#maxLineBytes)
    if (rest.length > 0) this.#sink.piece(this.#decoder.decode(rest), 'eof')
  }

  #scan(chunk: Uint8Array): void {
    const last = chunk.lastIndexOf(newline)
    if (last === -1) {
      this.#carry(chunk)
    } else {
      const whole = this.#takeCarried(chunk.subarray(0, last + 1))
      if (whole.length <= this.#maxLineBytes) this.#sink.lines(this.#decoder.decode(whole))
      else this.#eachLine(whole)
      this.#carry(chunk.subarray(last + 1))
    }
    // One more byte is held, for it may be the \r of a line's end.
    if (this.#carriedBytes > this.#maxLineBytes + 1) {
      this.#carry(this.#cutDown(this.#takeCarried(undefined), this.#maxLineBytes + 1))
    }
  }

  /** The way of regions that may hold a line above the limit. */
  #eachLine(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length;) {
      const stop = bytes.indexOf(newline, start)
      const isCrlf = stop > start && bytes[stop - 1] === carriageReturn
      const rest = this.#cutDown(bytes.subarray(start, isCrlf ? stop - 1 : stop), this.#maxLineBytes)
      this.#sink.piece(this.#decoder.decode(rest), isCrlf ? '\r\n' : '\n')
      start = stop + 1
    }
  }

  /** Hands out pieces until at most `leave` bytes are left. */
  #cutDown(bytes: Uint8Array, leave: number): Uint8Array {
    let rest = bytes
    while (rest.length > leave) {
      const at = cutBetweenCodePoints(rest, this.#maxLineBytes)
      this.#sink.piece(this.#decoder.decode(rest.subarray(0, at)), 'cut')
      rest = rest.subarray(at)
    }
    return rest
  }

  /** Copies: a source may fill its buffer anew. */
  #carry(bytes: Uint8Array): void {
    const needed = this.#carriedBytes + bytes.length
    if (needed > this.#carried.length) {
      const grown = new Uint8Array(Math.max(needed, this.#carried.length * 2))
      grown.set(this.#carried.subarray(0, this.#carriedBytes))
      this.#carried = grown
    }
    this.#carried.set(bytes, this.#carriedBytes)
    this.#carriedBytes = needed
  }

  /** What was carried, and these bytes behind it. It is valid until the next `#carry`, which may be given a part of it. */
  #takeCarried(bytes: Uint8Array | undefined): Uint8Array {
    const carriedBytes = this.#carriedBytes
    if (carriedBytes === 0) return bytes ?? new Uint8Array(0)
    if (bytes !== undefined) this.#carry(bytes)
    const whole = this.#carried.subarray(0, this.#carriedBytes)
    this.#carriedBytes = 0
    return whole
  }

  #encode(text: string): Uint8Array {
    const whole = this.#surrogate + text
    const lastUnit = whole.charCodeAt(whole.length - 1)
    this.#surrogate = lastUnit >= 0xd800 && lastUnit < 0xdc00 ? whole.slice(-1) : ''
    return this.#encoder.encode(this.#surrogate === '' ? whole : whole.slice(0, -1))
  }

  #flushSurrogate(): Uint8Array {
    const bytes = this.#encoder.encode(this.#surrogate)
    this.#surrogate = ''
    return bytes
  }
}

function isPrefixOfMark(bytes: Uint8Array): boolean {
  return (bytes.length < 1 || bytes[0] === 0xef) && (bytes.length < 2 || bytes[1] === 0xbb)
}

function cutBetweenCodePoints(bytes: Uint8Array, limit: number): number {
  let at = limit
  while (at > limit - 4 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--
  // Four continuation bytes in a row are no UTF-8: any place is as good.
  return at > 0 && at > limit - 4 ? at : limit
}
