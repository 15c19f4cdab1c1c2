import { readRecord } from '../record/read-record.ts'
import { RecordError } from '../record/record-error.ts'
import { RecordFaults } from '../record/record-faults.ts'
import { LinePacker, type PackedLines } from './html/line-packer.ts'
import { pageNotes } from './html/page-notes.ts'
import { readableLine } from './scan/readable-text.ts'
import { RecordScan, type RecordSummary } from './scan/record-scan.ts'
import { timelineLimits } from './timeline-limits.ts'

/** A record, read in order to be drawn. */
export interface Timeline {
  summary: RecordSummary
  /** Its lines, where a page is to be drawn. */
  lines: PackedLines | undefined
  /** What is missing, for whoever looks at the drawing. */
  notes: string[]
}

/**
 * Reads a record once, event by event; what it holds in memory is bounded by `timelineLimits`. Gives `undefined` for a record without
 * events, and what is wrong with the record as lines for whoever asked for the drawing.
 *
 * @throws A `RecordError` where the record cannot be read at all; the signal's reason.
 */
export async function readTimeline(
  { path, format }: { path: string; format: 'html' | 'svg' },
  signal: AbortSignal,
): Promise<{ timeline: Timeline | undefined; faults: string[] }> {
  const recordFaults = new RecordFaults(path)
  const faults: string[] = []
  let brokenLines = 0
  const onBroken = (lineNumber: number, why: string): void => {
    brokenLines++
    faults.push(...recordFaults.broken(lineNumber, why))
  }
  const packer = format === 'html' ? new LinePacker(timelineLimits) : undefined
  const scan = new RecordScan(timelineLimits, (line) => packer?.add({ ...line, text: readableLine(line.text) }))
  const reader = readRecord(path, { signal, onBroken })
  let damage: RecordError | undefined
  try {
    for await (const event of reader) scan.push(event)
  } catch (error) {
    if (!(error instanceof RecordError) || !error.isDamaged) throw error
    damage = error
  }
  faults.push(...recordFaults.atEnd(reader, { unseenNames: [], seenNames: [] }, damage))
  if (!reader.runs.hasBegun) return { timeline: undefined, faults }
  const summary = scan.close()
  const lines = packer?.close()
  const notes = pageNotes({
    brokenLines,
    gapCount: reader.missing.gapCount,
    hasTornEnd: reader.hasTornEnd,
    isDamaged: damage !== undefined,
    omitted: lines?.omitted,
    commands: summary.commands.map((command) => command.data()),
  })
  return { timeline: { summary, lines, notes }, faults }
}
