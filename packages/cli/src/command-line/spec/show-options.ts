import type { Option } from '../option.ts'
import { choice } from '../values/choice.ts'
import { factor } from '../values/factor.ts'
import { moment } from '../values/moment.ts'
import { pattern } from '../values/pattern.ts'
import { text } from '../values/text.ts'

/** What `show` has beside how events are shown. */
export const showOptions = {
  only: {
    kind: 'valued',
    name: 'only',
    value: choice('STREAM', ['stdout', 'stderr']),
    summary: 'stdout or stderr',
    detail: 'Shows one stream only, `stdout` or `stderr`.',
  },
  name: {
    kind: 'valued',
    name: 'name',
    short: 'n',
    isRepeatable: true,
    value: text('NAME', 'the name of a command'),
    summary: 'this command; can be given again',
    detail: 'Shows the command of this name only. It can be given several times.',
  },
  grep: {
    kind: 'valued',
    name: 'grep',
    value: pattern('REGEXP'),
    summary: 'lines that match',
    detail:
      'Shows only lines that match a regular expression, as JavaScript has it. They are whole lines of text, each with its newline, also with `--format raw`.',
  },
  since: {
    kind: 'valued',
    name: 'since',
    value: moment('TIME'),
    summary: 'what came after 90s or 2m, or 2026-01-31T09:30',
    detail:
      'Shows only what came later: a length of time is counted from the start of the record; a date, with a time of day or without, is by the local clock unless it has a zone, such as `Z` or `+02:00`.',
  },
  speed: {
    kind: 'valued',
    name: 'speed',
    value: factor('N'),
    summary: 'as it came, N times as fast; at once without it',
    detail:
      'Shows the lines at the pace at which they came, N times as fast: 1 as it was, 0.5 half as fast. Without it all is shown at once.',
  },
  follow: {
    kind: 'switch',
    name: 'follow',
    summary: 'wait for more, until all that was started has ended',
    detail: 'Waits for what is still being written, until every command that was started has ended.',
  },
} as const satisfies Record<string, Option>
