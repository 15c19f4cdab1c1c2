import type { RunStatus } from './status.ts'

/** What `collect()` gives: all that the program wrote, and how it ended. */
export interface CollectedRun extends RunStatus {
  /** As UTF-8, without a byte order mark; what is not UTF-8 becomes U+FFFD. */
  stdout: string
  stderr: string
}

/** The options of `collect`. */
export interface CollectOptions {
  /** The most bytes of both streams together; above it the run is stopped. 8 MiB by default. */
  maxBytes?: number | undefined
}
