import type { Attempt } from '../page-data.ts'
import type { CommandRow, StreamName } from './command-row.ts'
import type { Lane } from './lane.ts'

/** What there is at a place of the chart, and which run ends there. */
export type Finding = { ended: Attempt | undefined } & Place

type Place =
  | { kind: 'lines'; stream: StreamName; fromMs: number; toMs: number; count: number; ids: number[] }
  | { kind: 'silence'; fromMs: number; toMs: number }
  | { kind: 'idle'; lastAttempt: Attempt | undefined }

/** The lines that are named in full; the others are counted. */
const mostIds = 10

/**
 * What there is of a command at this time: the lines of the bin, those nearby, of the stream that is asked for before those
 * of the other, else how long nothing came, else that nothing was running.
 */
export function findingAt(row: CommandRow, stream: StreamName, ms: number, binMs: number, nearMs: number): Finding {
  const ended = row.data.attempts.findLast(({ endMs }) => Math.abs(endMs - ms) <= nearMs)
  return { ended, ...placeAt(row, stream, ms, binMs, nearMs) }
}

function placeAt(row: CommandRow, stream: StreamName, ms: number, binMs: number, nearMs: number): Place {
  const streams: StreamName[] = stream === 'stdout' ? ['stdout', 'stderr'] : ['stderr', 'stdout']
  for (const name of streams) {
    const fromMs = nearbyBin(row[name], ms, binMs, nearMs)
    if (fromMs !== undefined) return linesOf(row[name], name, fromMs, fromMs + binMs)
  }
  const silence = row.silenceAt(ms)
  if (silence !== undefined) return { kind: 'silence', ...silence }
  return { kind: 'idle', lastAttempt: row.attemptAt(ms) }
}

function linesOf(lane: Lane, stream: StreamName, fromMs: number, toMs: number): Place {
  const ids: number[] = []
  for (let at = lane.times.firstFrom(fromMs); lane.times.msAt(at) < toMs && ids.length < mostIds; at++) {
    const id = lane.times.idAt(at)
    if (id !== undefined) ids.push(id)
  }
  return { kind: 'lines', stream, fromMs, toMs, count: Math.round(lane.countBetween(fromMs, toMs)), ids }
}

/** Where the bin begins that has a line at this time or near it. */
function nearbyBin(lane: Lane, ms: number, binMs: number, nearMs: number): number | undefined {
  const fromMs = Math.floor(ms / binMs) * binMs
  if (lane.countBetween(fromMs, fromMs + binMs) >= 0.5) return fromMs
  const nearest = lane.times.nearest(ms)
  if (nearest === undefined) return undefined
  const nearestMs = lane.times.msAt(nearest)
  return Math.abs(nearestMs - ms) <= nearMs ? Math.floor(nearestMs / binMs) * binMs : undefined
}
