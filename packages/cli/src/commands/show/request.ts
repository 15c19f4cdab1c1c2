import type { DisplayRequest } from '../../present/presenter-style.ts'

/** What `rivulet show` is asked to do. */
export interface ShowRequest extends DisplayRequest {
  /** The saved run, `-` for our own stdin. */
  path: string
  /** How many times as fast as it was recorded; all at once if it is undefined. */
  speed: number | undefined
  only: 'stdout' | 'stderr' | undefined
  /** Shows only the commands with these names; all if it is empty. */
  names: string[]
  /** Shows only lines that match it. */
  grep: RegExp | undefined
  /** Shows what came since then: milliseconds since the epoch, or milliseconds from the start of the record. */
  since: { kind: 'epoch'; ms: number } | { kind: 'start'; ms: number } | undefined
  /** Whether to wait for more, until every command that was started has ended. */
  isFollowing: boolean
}
