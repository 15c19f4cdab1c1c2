import type { ShowCommandRequest } from '../../show-command-request.ts'
import type { Value } from '../value.ts'
import { readDuration } from './read-duration.ts'

type Moment = NonNullable<ShowCommandRequest['since']>

const clock = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`
const pattern = new RegExp(
  String.raw`^(?<day>\d{4}-\d\d-\d\d)(?:[T ](?<time>${clock}(?::[0-5]\d(?:\.\d{1,3})?)?)(?<zone>Z|[+-]${clock})?)?$`,
)

/** A date, with a time of day and a zone or without; or a length of time from the start of a record. */
export function moment(placeholder: string): Value<Moment> {
  return {
    placeholder,
    expected: 'a time from the start, such as 90s or 2m, or a date, such as 2026-01-31 or 2026-01-31T09:30:00Z',
    completion: { kind: 'none' },
    read: (text) => {
      const fromStartMs = readDuration(text)
      if (fromStartMs !== undefined) return { kind: 'start', ms: fromStartMs }
      const sinceEpochMs = readDate(text)
      return sinceEpochMs === undefined ? undefined : { kind: 'epoch', ms: sinceEpochMs }
    },
  }
}

/** Milliseconds since the epoch, by the local clock where no zone is named. */
function readDate(text: string): number | undefined {
  const { day, time = '00:00', zone = '' } = pattern.exec(text)?.groups ?? {}
  if (day === undefined) return undefined
  // Of the 30th of February `Date` may make the 2nd of March.
  const isReal = JSON.stringify(new Date(`${day}T00:00Z`)).startsWith(`"${day}`)
  return isReal ? Date.parse(`${day}T${time}${zone}`) : undefined
}
