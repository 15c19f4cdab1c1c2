import type { ClosableIterator } from './closable-iterator.ts'
import { LinesFeed } from './internal/lines-feed.ts'
import { requireSource } from './internal/make-merge.ts'
import { abortSignal } from './checks/options.ts'
import { Outlet } from './internal/outlet.ts'
import type { LineOptions } from './line-options.ts'
import { LineSplitter } from './line-splitter.ts'
import type { Source } from './source.ts'

/** The options of `lines` and `lineRecords`. */
export interface LinesOptions extends LineOptions {
  /** Stops the reading, which then rejects with its reason. */
  signal?: AbortSignal | undefined
}

/**
 * Reads a source of bytes or strings as lines, as `LineSplitter` splits them, without their `\n` or `\r\n`.
 *
 * Laziness: touches no source before the first `next()`.
 * Order: that of the source.
 * Back-pressure: the source is asked when the lines of its last chunk are taken; holds one chunk and one unfinished line
 * of at most `maxLineBytes`.
 * Ending: with the source; a last line without a newline comes before.
 * Errors: those of the source, after what had arrived, the unfinished line with it; a chunk that is neither a string nor
 * bytes is a `TypeError`.
 * Cancellation: `break`, abort or dispose closes the source, and awaits it where it can be told to stop.
 *
 * @throws What the source throws; the signal's reason; `CleanupTimeoutError`.
 * @example
 * const seen: string[] = []
 * for await (const line of lines(['one\r', '\ntw', 'o'])) seen.push(line)
 * seen // => ['one', 'two']
 */
export function lines(source: Source<string | Uint8Array>, options: LinesOptions = {}): ClosableIterator<string> {
  requireSource('source', source)
  const splitter = new LineSplitter(options)
  return new Outlet<string>(
    (outlet, ending) => new LinesFeed(outlet, ending, source, splitter),
    abortSignal(options.signal),
  )
}
