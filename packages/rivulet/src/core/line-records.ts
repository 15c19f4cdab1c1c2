import type { ClosableIterator } from './closable-iterator.ts'
import { LineScanner } from './internal/line-scanner.ts'
import { LinesFeed } from './internal/lines-feed.ts'
import { requireSource } from './internal/make-merge.ts'
import { abortSignal } from './checks/options.ts'
import { Outlet } from './internal/outlet.ts'
import type { LineRecord } from './line-record.ts'
import type { LinesOptions } from './lines.ts'
import type { Source } from './source.ts'

/**
 * Reads a source as `lines` does, for who must tell a piece from a whole line, or write the very bytes again.
 *
 * Laziness: touches no source before the first `next()`.
 * Order: that of the source.
 * Back-pressure: the source is asked when the lines of its last chunk are taken; holds one chunk and one unfinished line
 * of at most `maxLineBytes`.
 * Ending: with the source; a last line without a newline comes before, with `end: 'eof'`.
 * Errors: those of the source, after what had arrived, the unfinished line with it.
 * Cancellation: `break`, abort or dispose closes the source, and awaits it where it can be told to stop.
 *
 * @throws What the source throws; the signal's reason; `CleanupTimeoutError`.
 * @example
 * const seen: string[] = []
 * for await (const { text, end } of lineRecords(['abcdef\n'], { maxLineBytes: 4 })) seen.push(text + '|' + end)
 * seen // => ['abcd|cut', 'ef|\n']
 */
export function lineRecords(
  source: Source<string | Uint8Array>,
  options: LinesOptions = {},
): ClosableIterator<LineRecord> {
  requireSource('source', source)
  const splitter = new LineScanner(options, ofLines)
  return new Outlet<LineRecord>(
    (outlet, ending) => new LinesFeed(outlet, ending, source, splitter),
    abortSignal(options.signal),
  )
}

function ofLines(lines: string[], end?: LineRecord['end']): LineRecord[] {
  return lines.map((text) => {
    const isCrlf = end === undefined && text.endsWith('\r')
    return isCrlf ? { text: text.slice(0, -1), end: '\r\n' } : { text, end: end ?? '\n' }
  })
}
