import type { Attempt } from '../format/page-data.ts'
import type { CommandRow, StreamName } from '../record/command-row.ts'
import type { Lane } from '../record/lane.ts'

/** What is found at a place in the chart, and which run ends there. */
export type Finding = { ended: Attempt | undefined } & Place

type Place =
  | { kind: 'lines'; stream: StreamName; fromMs: number; toMs: number; count: number; ids: number[] }
  | { kind: 'silence'; fromMs: number; toMs: number }
  | { kind: 'idle'; lastAttempt: Attempt | undefined }

/** How many lines are listed; the rest are only counted. */
const mostIds = 10

/**
 * What is found of a command at this time: the lines of the bin, or of one nearby, of this stream rather than of the other;
 * else how long it was silent; else that it was not running.
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
