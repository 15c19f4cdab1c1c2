/** The options of `run`. */
export interface RunOptions {
  /** The folder to run in; ours by default. */
  cwd?: string | URL | undefined
  /** Replaces the environment, and is passed exactly; without it, ours at the start. */
  env?: Readonly<Record<string, string | undefined>> | undefined
  /** What the program reads on stdin; without it stdin is empty. */
  input?: RunInput | undefined
  /** Stops the run; the reading then rejects with its reason. */
  signal?: AbortSignal | undefined
  /** Milliseconds after which the run is stopped; no limit by default. */
  timeoutMs?: number | undefined
  /** The most bytes that are delivered, of both streams together; one more stops the run. No limit by default. */
  maxOutputBytes?: number | undefined
  /** Milliseconds between SIGTERM and SIGKILL when the run is stopped; 5,000 by default. */
  killAfterMs?: number | undefined
  /** Milliseconds without a byte after which pipes that outlive the program are let go; 1,000 by default. */
  drainMs?: number | undefined
  /**
   * How items of the two streams are ordered; `'exact'` needs the supervisor, `'auto'` takes it where it is. In exact order a write
   * waits until the one before it is read: a program that sets its stdout not to block and drops what it cannot write, as
   * Node does that ends by `process.exit()`, may lose there what an ordinary pipe has room for.
   */
  order?: 'arrival' | 'exact' | 'auto' | undefined
  /** Whether also what leaves the group is ended; needs the supervisor. */
  contain?: boolean | undefined
  /** Whether an end other than exit code 0 is thrown as `ExitError`; `true` by default. */
  check?: boolean | undefined
}

/** What a program can be given to read. */
export type RunInput = string | Uint8Array | AsyncIterable<string | Uint8Array>
