import type { Value } from '../value.ts'
import { readDuration } from './read-duration.ts'

/** The longest delay that a timer of Node can have, 2^31 - 1; a message says it in hours. */
const longestTimerMs = 2_147_483_647
const longest = '596h'

/** How long a timer waits, in milliseconds, from `leastMs` on. */
export function duration(placeholder: string, leastMs: 0 | 1): Value<number> {
  return {
    placeholder,
    expected: `a time such as 30s, 500ms, 2m or 1h,${leastMs > 0 ? ' above 0 and' : ''} at most ${longest}`,
    completion: { kind: 'none' },
    read: (text) => {
      const ms = readDuration(text)
      return ms !== undefined && ms >= leastMs && ms <= longestTimerMs ? ms : undefined
    },
  }
}
