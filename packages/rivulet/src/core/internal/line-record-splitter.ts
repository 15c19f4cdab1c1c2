import type { LineOptions } from '../line-options.ts'
import type { LineRecord } from '../line-record.ts'
import { maxLineBytes } from './line-limit.ts'
import { LineScanner } from './line-scanner.ts'

/** The records that the chunks give, as `LineSplitter` gives the lines. */
export class LineRecordSplitter {
  readonly #scanner: LineScanner
  #records: LineRecord[] = []

  constructor(options: LineOptions) {
    this.#scanner = new LineScanner(maxLineBytes(options), {
      lines: (text) => {
        const lines = text.split('\n')
        lines.pop()
        for (const line of lines) {
          this.#records.push(line.endsWith('\r') ? { text: line.slice(0, -1), end: '\r\n' } : { text: line, end: '\n' })
        }
      },
      piece: (text, end) => this.#records.push({ text, end }),
    })
  }

  push(chunk: string | Uint8Array): LineRecord[] {
    this.#scanner.push(chunk)
    return this.#take()
  }

  end(): LineRecord[] {
    this.#scanner.end()
    return this.#take()
  }

  #take(): LineRecord[] {
    const records = this.#records
    this.#records = []
    return records
  }
}
