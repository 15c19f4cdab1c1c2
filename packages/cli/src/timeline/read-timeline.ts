import { readRecord } from '../record/read-record.ts'
import { RecordError } from '../record/record-error.ts'
import { RecordFaults } from '../record/record-faults.ts'
import type { TimelineRequest } from '../commands/timeline/request.ts'
import { LinePacker, type PackedLines } from './line-packer.ts'
import { pageNotes } from './page-notes.ts'
import { readableText } from './readable-text.ts'
import { RecordScan, type RecordSummary } from './record-scan.ts'
import { timelineLimits } from './timeline-limits.ts'

/** A record that was read to be drawn. */
export interface Timeline {
  summary: RecordSummary
  /** Its lines, where they are asked for. */
  lines: PackedLines | undefined
  /** What is missing, for whoever looks at the drawing. */
  notes: string[]
}

/**
 * Reads a record, once and event by event. What is held does not grow with it beyond the limits. Gives no timeline of a record
 * in which there is nothing, and what was wrong with it as lines for whoever asked for it.
 *
 * @throws A `RecordError` where it cannot be read at all; the signal's reason.
 */
export async function readTimeline(
  { path, format }: Pick<TimelineRequest, 'path' | 'format'>,
  signal: AbortSignal,
): Promise<{ timeline: Timeline | undefined; faults: string[] }> {
  const faults = new RecordFaults(path)
  const told: string[] = []
  let brokenLines = 0
  const onBroken = (lineNumber: number, why: string): void => {
    brokenLines++
    told.push(...faults.broken(lineNumber, why))
  }
  const packer = format === 'html' ? new LinePacker(timelineLimits) : undefined
  const scan = new RecordScan(timelineLimits, (line) => packer?.add({ ...line, text: readableText(line.text) }))
  const reader = readRecord(path, { signal, onBroken })
  let damage: RecordError | undefined
  try {
    for await (const event of reader) scan.push(event)
  } catch (error) {
    if (!(error instanceof RecordError) || !error.isDamaged) throw error
    damage = error
  }
  told.push(...faults.atEnd(reader, { unseenNames: [], seenNames: [] }, damage))
  if (!reader.runs.hasBegun) return { timeline: undefined, faults: told }
  const summary = scan.end()
  const lines = packer?.end()
  const notes = pageNotes({
    brokenLines,
    gapCount: reader.missing.gapCount,
    hasTornEnd: reader.hasTornEnd,
    isDamaged: damage !== undefined,
    unkept: lines?.unkept,
    commands: summary.commands.map((command) => command.data()),
  })
  return { timeline: { summary, lines, notes }, faults: told }
}
