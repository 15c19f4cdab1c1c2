import type { EndReason } from './status.ts'

/** What happened in a run, as it is shown, sent and kept. Only `exit` means that the run is complete. */
export type RunEvent = {
  /** 1, 2, 3… */
  seq: number
  /** Milliseconds since the epoch when it was read; never goes back. */
  t: number
} & RunEventBody

/** The events without their number and time. */
export type RunEventBody =
  | { type: 'start'; v: 1; run: string; command: string[]; pid: number }
  | { type: 'output'; stream: 'stdout' | 'stderr'; data: string; encoding?: 'base64' }
  | { type: 'exit'; code: number | null; signal: string | null; reason: EndReason }
