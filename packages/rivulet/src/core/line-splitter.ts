import { LineScanner, type LineOptions } from './lines/line-scanner.ts'

/**
 * Splits bytes or strings that come in any pieces into lines, without any waiting: the part of `lines` that decides.
 *
 * `\n` and `\r\n` end a line; UTF-8 may be split anywhere; a byte order mark at the start is kept out; invalid UTF-8
 * becomes U+FFFD. A line above `maxLineBytes` comes in pieces of at most that many bytes, cut between code points.
 *
 * @throws A `RangeError` for a `maxLineBytes` below 4, the bytes of the longest code point.
 * @example
 * const splitter = new LineSplitter()
 * splitter.push('a\nb\r') // => ['a']
 * splitter.push('\nc') // => ['b']
 * splitter.end() // => ['c']
 */
export class LineSplitter {
  readonly #scanner: LineScanner<string>

  /** `decode` makes text of UTF-8 as `new TextDecoder('utf-8', { ignoreBOM: true })` does, where there is a faster way. */
  constructor(options: LineOptions = {}, decode?: (bytes: Uint8Array) => string) {
    this.#scanner = new LineScanner(options, ofLines, decode)
  }

  /** The lines that this chunk ends. */
  push(chunk: string | Uint8Array): string[] {
    return this.#scanner.push(chunk)
  }

  /** The last line, where it had no newline. */
  end(): string[] {
    return this.#scanner.end()
  }
}

function ofLines(lines: string[], end: unknown): string[] {
  return end === undefined ? lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)) : lines
}
