import type { LineOptions } from '../line-options.ts'
import type { LineRecord } from '../line-record.ts'
import { wholeNumber } from '../checks/options.ts'

type LineEnd = LineRecord['end']
/** Makes items of lines that all end so; where no end is given, by a `\n` before which there may be a `\r`. */
type OfLines<T> = (lines: string[], end?: LineEnd) => T[]
/** Makes text of UTF-8; what is invalid becomes U+FFFD, and a byte order mark is kept. */
type Decode = (bytes: Uint8Array) => string

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const byteOrderMark = [0xef, 0xbb, 0xbf]
const newline = 10
const carriageReturn = 13
/** Bytes that are made one string: V8 keeps larger ones apart, and takes several times as long for them. */
const mostTextBytes = 65_536

/** Finds whole lines in bytes that come in any pieces. Holds at most `maxLineBytes + 1` bytes between two calls. */
export class LineScanner<T> {
  readonly #maxLineBytes: number
  readonly #ofLines: OfLines<T>
  readonly #decode: Decode
  #items: T[] = []
  /** Begins with the unfinished line; grown by doubling, and used again. */
  #carried = new Uint8Array(256)
  #carriedBytes = 0
  /** A high surrogate that waits for the low one in the next string. */
  #surrogate = ''
  #isAtStart = true

  constructor(
    { maxLineBytes = 1_048_576 }: LineOptions,
    ofLines: OfLines<T>,
    decode: Decode = (bytes) => decoder.decode(bytes),
  ) {
    this.#maxLineBytes = wholeNumber('maxLineBytes', maxLineBytes, 4)
    this.#ofLines = ofLines
    this.#decode = decode
  }

  /** The items of the lines that this chunk ends. */
  push(chunk: string | Uint8Array): T[] {
    if (typeof chunk === 'string') this.#pushText(chunk)
    else {
      if (this.#surrogate !== '') this.#flushSurrogate()
      this.#pushBytes(chunk)
    }
    return this.#take()
  }

  /** What is left, where the last line had no newline. */
  end(): T[] {
    this.#flushSurrogate()
    const rest = this.#takeCarried()
    if (rest.length > 0) this.#line(rest, 'eof')
    return this.#take()
  }

  #pushText(text: string): void {
    const whole = this.#surrogate + text
    const last = whole.slice(-1)
    const isSplit = last >= '\ud800' && last < '\udc00'
    this.#surrogate = isSplit ? last : ''
    this.#pushBytes(encoder.encode(isSplit ? whole.slice(0, -1) : whole))
  }

  #flushSurrogate(): void {
    this.#pushBytes(encoder.encode(this.#surrogate))
    this.#surrogate = ''
  }

  #pushBytes(bytes: Uint8Array): void {
    if (!this.#isAtStart) {
      this.#scan(bytes)
      return
    }
    const start = this.#takeCarried(bytes)
    const isMark = byteOrderMark.every((byte, at) => at >= start.length || start[at] === byte)
    // Three bytes are needed to tell a byte order mark.
    this.#isAtStart = isMark && start.length < 3
    if (this.#isAtStart) this.#carry(start)
    else this.#scan(isMark ? start.subarray(3) : start)
  }

  /** In parts that fit into one text with what is carried; most often that is the chunk itself. */
  #scan(chunk: Uint8Array): void {
    const most = Math.min(mostTextBytes, this.#maxLineBytes)
    for (let start = 0, stop; start < chunk.length; start = stop) {
      stop = start + most - (this.#carriedBytes % most)
      this.#scanPart(start > 0 || stop < chunk.length ? chunk.subarray(start, stop) : chunk)
    }
  }

  #scanPart(part: Uint8Array): void {
    const rest = part.lastIndexOf(newline) + 1
    if (rest > 0) this.#lines(this.#takeCarried(part.subarray(0, rest)))
    this.#carry(part.subarray(rest))
    // One more byte is held, for it may be the \r of a line's end.
    if (this.#carriedBytes > this.#maxLineBytes + 1) {
      this.#carry(this.#cutDown(this.#takeCarried(), this.#maxLineBytes + 1))
    }
  }

  #lines(bytes: Uint8Array): void {
    if (bytes.length <= this.#maxLineBytes) {
      const text = this.#decode(bytes)
      const lines = text.split('\n')
      lines.pop()
      // One look at a text costs next to nothing, one at each of its lines as much as the splitting.
      this.#add(lines, text.includes('\r') ? undefined : '\n')
      return
    }
    for (let start = 0, stop; start < bytes.length; start = stop + 1) {
      stop = bytes.indexOf(newline, start)
      const isCrlf = stop > start && bytes[stop - 1] === carriageReturn
      this.#line(bytes.subarray(start, isCrlf ? stop - 1 : stop), isCrlf ? '\r\n' : '\n')
    }
  }

  /** A line that may be above the limit. */
  #line(bytes: Uint8Array, end: LineEnd): void {
    this.#piece(this.#cutDown(bytes, this.#maxLineBytes), end)
  }

  /** Gives pieces until at most `leave` bytes are left. */
  #cutDown(bytes: Uint8Array, leave: number): Uint8Array {
    let rest = bytes
    while (rest.length > leave) {
      const at = cutBetweenCodePoints(rest, this.#maxLineBytes)
      this.#piece(rest.subarray(0, at), 'cut')
      rest = rest.subarray(at)
    }
    return rest
  }

  #piece(bytes: Uint8Array, end: LineEnd): void {
    this.#add([this.#decode(bytes)], end)
  }

  #add(lines: string[], end?: LineEnd): void {
    const items = this.#ofLines(lines, end)
    // Most often they are all that a chunk gives.
    if (this.#items.length === 0) this.#items = items
    else for (const item of items) this.#items.push(item)
  }

  #take(): T[] {
    const items = this.#items
    this.#items = []
    return items
  }

  /** Copies: a source may fill its buffer anew. */
  #carry(bytes: Uint8Array): void {
    const needed = this.#carriedBytes + bytes.length
    if (needed > this.#carried.length) {
      const grown = new Uint8Array(Math.max(needed, this.#carried.length * 2))
      grown.set(this.#carried)
      this.#carried = grown
    }
    this.#carried.set(bytes, this.#carriedBytes)
    this.#carriedBytes = needed
  }

  /**
   * What was carried, and these bytes behind it. It is valid until the next `#carry`, which may be given a part of it: what
   * that overwrites lies before the end of that part.
   */
  #takeCarried(bytes: Uint8Array = new Uint8Array()): Uint8Array {
    if (this.#carriedBytes === 0) return bytes
    this.#carry(bytes)
    const whole = this.#carried.subarray(0, this.#carriedBytes)
    this.#carriedBytes = 0
    return whole
  }
}

function cutBetweenCodePoints(bytes: Uint8Array, limit: number): number {
  for (let at = limit; at > limit - 4; at--) if (((bytes[at] as number) & 0xc0) !== 0x80) return at
  // Four continuation bytes in a row are no UTF-8: any place is as good.
  return limit
}
