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
  if (kind === 'elapsed') return clock(elapsedMs)
  if (kind === 'delta') return `+${(deltaMs / 1000).toFixed(3)}`.padStart(9)
  const date = new Date(t)
  if (kind === 'iso') return date.toISOString()
  return clock(((date.getHours() * 60 + date.getMinutes()) * 60 + date.getSeconds()) * 1000 + date.getMilliseconds())
}

function clock(durationMs: number): string {
  const ms = Math.floor(durationMs)
  const seconds = Math.floor(ms / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')}.${String(ms % 1000).padStart(3, '0')}`
}
