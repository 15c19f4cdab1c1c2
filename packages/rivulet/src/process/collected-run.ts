import { constants } from 'node:buffer'
import { wholeNumber } from '../core/checks/options.ts'
import type { RunStatus } from './status.ts'

/** What `collect()` gives: all that the program wrote, and how it ended. */
export interface CollectedRun extends RunStatus {
  /** As UTF-8, without a byte order mark; what is not UTF-8 becomes U+FFFD. */
  stdout: string
  stderr: string
}

/** The options of `collect`. */
export interface CollectOptions {
  /** The most bytes of both streams together; one more stops the run. 8 MiB by default. */
  maxBytes?: number | undefined
}

/** The limit of what is collected, which has to fit into a string. */
export function checkMaxBytes({ maxBytes = 8 * 1024 * 1024 }: CollectOptions): number {
  wholeNumber('maxBytes', maxBytes, 0)
  const most = constants.MAX_STRING_LENGTH
  if (maxBytes <= most) return maxBytes
  throw new RangeError(`maxBytes must be at most ${String(most)}, the longest string, not ${String(maxBytes)}`)
}
