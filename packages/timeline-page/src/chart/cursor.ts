import type { CommandRow, StreamName } from '../record/command-row.ts'

/** The place in the chart that is looked at. */
export interface Cursor {
  row: number
  stream: StreamName
  ms: number
}

/** The first line of the first stream that has any. */
export function firstCursor(rows: readonly CommandRow[]): Cursor | undefined {
  const [first] = lanesWithLines(rows)
  return first && { ...first, ms: lineMs(rows, first, 0) }
}

/** The nearest line of the same stream in this direction that is outside the cursor's bin. */
export function besideCursor(rows: readonly CommandRow[], cursor: Cursor, binMs: number, direction: 1 | -1): Cursor {
  const times = rows[cursor.row]?.[cursor.stream].times
  if (times === undefined) return cursor
  const fromMs = Math.floor(cursor.ms / binMs) * binMs
  // All times are whole milliseconds.
  const ms = direction === 1 ? times.nextAfter(fromMs + binMs - 0.5) : times.lastUntil(fromMs - 0.5)
  return Number.isFinite(ms) ? { ...cursor, ms } : cursor
}

/** The first or the last line of the same stream. */
export function endCursor(rows: readonly CommandRow[], cursor: Cursor, direction: 1 | -1): Cursor {
  const length = rows[cursor.row]?.[cursor.stream].times.length ?? 0
  return length === 0 ? cursor : { ...cursor, ms: lineMs(rows, cursor, direction === 1 ? length - 1 : 0) }
}

/** The next stream below or above that has any lines, at the line nearest in time. */
export function otherCursor(rows: readonly CommandRow[], cursor: Cursor, direction: 1 | -1): Cursor {
  const rank = ({ row, stream }: Pick<Cursor, 'row' | 'stream'>): number => 2 * row + (stream === 'stdout' ? 0 : 1)
  const lanes = lanesWithLines(rows)
  const other =
    direction === 1
      ? lanes.find((lane) => rank(lane) > rank(cursor))
      : lanes.findLast((lane) => rank(lane) < rank(cursor))
  if (other === undefined) return cursor
  return { ...other, ms: lineMs(rows, other, rows[other.row]?.[other.stream].times.nearest(cursor.ms) ?? 0) }
}

function lanesWithLines(rows: readonly CommandRow[]): Pick<Cursor, 'row' | 'stream'>[] {
  const streams = ['stdout', 'stderr'] as const
  return rows.flatMap((of, row) =>
    streams.filter((stream) => of[stream].times.length > 0).map((stream) => ({ row, stream })),
  )
}

function lineMs(
  rows: readonly CommandRow[],
  { row, stream }: Pick<Cursor, 'row' | 'stream'>,
  position: number,
): number {
  return rows[row]?.[stream].times.msAt(position) ?? 0
}
