import type { StreamName } from '../stream-name.ts'

/** What the supervisor tells. */
export type Frame =
  /** What is to become the program, which `started` or `refused` follows. */
  | { kind: 'made'; pid: number }
  | { kind: 'started'; pid: number }
  /** `bytes` may be a part of what was written. `t` is in milliseconds since the epoch. */
  | { kind: 'output'; stream: StreamName; bytes: Uint8Array; t: number }
  | { kind: 'refused'; phase: RefusedPhase; errno: number }
  | { kind: 'exited'; code: number | null; killSignal: number; hasDumpedCore: boolean }
  | { kind: 'closed'; stream: StreamName }
  | { kind: 'over'; strays: number }

/** What could not be had: the folder to run in, the program, or what the supervisor itself needs. */
export type RefusedPhase = 'cwd' | 'program' | 'supervisor'
