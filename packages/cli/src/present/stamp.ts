import { clockTime } from '../text/clock-time.ts'

/** A time as it stands before a line. */
export type StampKind = 'time' | 'iso' | 'elapsed' | 'delta'

/** The times that a line has, in milliseconds. */
export interface LineTimes {
  /** When it was read, since the epoch. */
  t: number
  /** Since the first event. */
  elapsedMs: number
  /** Since the line before. */
  deltaMs: number
}

/** A time, as wide for each line: `13:28:32.007`, `2026-01-31T12:28:32.007Z`, `00:00:02.500`, `   +0.250`. */
export function stamp(kind: StampKind, { t, elapsedMs, deltaMs }: LineTimes): string {
  if (kind === 'elapsed') return clockTime(elapsedMs)
  if (kind === 'delta') return `+${(deltaMs / 1000).toFixed(3)}`.padStart(9)
  const date = new Date(t)
  if (kind === 'iso') return date.toISOString()
  const minutes = date.getHours() * 60 + date.getMinutes()
  return clockTime((minutes * 60 + date.getSeconds()) * 1000 + date.getMilliseconds())
}
