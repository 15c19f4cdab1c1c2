import type { ShowRequest } from './present/show-style.ts'

/** What `rivulet show` is asked to do. */
export interface ShowCommandRequest extends ShowRequest {
  /** The saved run, `-` for our own stdin. */
  path: string
  /** How many times as fast as it was recorded; at once where it is undefined. */
  speed: number | undefined
  only: 'stdout' | 'stderr' | undefined
  /** Shows the commands of these names only; all where it is empty. */
  names: string[]
  /** Shows lines only that match it. */
  grep: RegExp | undefined
  /** Shows what came since then: milliseconds since the epoch, or milliseconds from the start of the record. */
  since: { kind: 'epoch'; ms: number } | { kind: 'start'; ms: number } | undefined
  /** Whether to wait for more, until every command that was started has ended. */
  isFollowing: boolean
}
