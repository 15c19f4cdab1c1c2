import type { StreamName } from '../stream-name.ts'

/** What the supervisor sends. */
export type Frame =
  /** The process exists that is to become the program; `started` or `refused` follows. */
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

/** The supervisor sent what cannot be understood: it belongs to another version, or the pipe is damaged. */
export class FrameError extends Error {
  override readonly name = 'FrameError'

  constructor(what: string) {
    super(`The supervisor ${what}; install the platform package of the same version as the library`)
  }
}
