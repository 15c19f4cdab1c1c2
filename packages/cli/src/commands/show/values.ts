import type { Value } from '../../command-line/option.ts'
import { readDuration } from '../../command-line/values.ts'
import type { ShowRequest } from './request.ts'

/** A number above 0, such as `2` or `0.5`. */
export function factor(placeholder: string): Value<number> {
  return {
    placeholder,
    expected: 'a number above 0, such as 2 or 0.5',
    read: (text) => {
      const number = Number(text)
      return /^\d+(?:\.\d+)?$/.test(text) && number > 0 && Number.isFinite(number) ? number : undefined
    },
    completion: { kind: 'none' },
  }
}

/** A regular expression in the syntax of JavaScript. */
export function pattern(placeholder: string): Value<RegExp> {
  return {
    placeholder,
    expected: 'a regular expression',
    completion: { kind: 'none' },
    read: (text) => (text === '' ? undefined : new RegExp(text)),
  }
}

type Moment = NonNullable<ShowRequest['since']>

/** A date, with or without a time of day and a zone; or a length of time from the start of a record. */
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

const hoursAndMinutes = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`
const date = new RegExp(
  String.raw`^(?<day>\d{4}-\d\d-\d\d)(?:[T ](?<time>${hoursAndMinutes}(?::[0-5]\d(?:\.\d{1,3})?)?)(?<zone>Z|[+-]${hoursAndMinutes})?)?$`,
)

/** Milliseconds since the epoch, by the local clock if no zone is named. */
function readDate(text: string): number | undefined {
  const { day, time = '00:00', zone = '' } = date.exec(text)?.groups ?? {}
  if (day === undefined) return undefined
  // `Date` may make the 2nd of March of the 30th of February.
  const isReal = JSON.stringify(new Date(`${day}T00:00Z`)).startsWith(`"${day}`)
  return isReal ? Date.parse(`${day}T${time}${zone}`) : undefined
}
