import { maxLineBytes } from './internal/line-limit.ts'
import { LineScanner } from './internal/line-scanner.ts'
import type { LineOptions } from './line-options.ts'

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
  readonly #scanner: LineScanner
  #lines: string[] = []

  constructor(options: LineOptions = {}) {
    this.#scanner = new LineScanner(maxLineBytes(options), {
      lines: (text) => {
        const lines = text.split('\n')
        lines.pop()
        if (text.includes('\r')) stripCarriageReturns(lines)
        // Most often it is the only batch of a chunk.
        if (this.#lines.length === 0) this.#lines = lines
        else for (const line of lines) this.#lines.push(line)
      },
      piece: (text) => this.#lines.push(text),
    })
  }

  /** The lines that this chunk ends. */
  push(chunk: string | Uint8Array): string[] {
    this.#scanner.push(chunk)
    return this.#take()
  }

  /** The last line, where it had no newline. */
  end(): string[] {
    this.#scanner.end()
    return this.#take()
  }

  #take(): string[] {
    const lines = this.#lines
    this.#lines = []
    return lines
  }
}

function stripCarriageReturns(lines: string[]): void {
  lines.forEach((line, index) => {
    if (line.endsWith('\r')) lines[index] = line.slice(0, -1)
  })
}
