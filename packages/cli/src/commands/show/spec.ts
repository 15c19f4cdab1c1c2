import type { CommandSpec } from '../../command-line/command-spec.ts'
import { displayOptions } from '../../command-line/display-options.ts'
import { helpOption } from '../../command-line/help-option.ts'
import type { Option } from '../../command-line/option.ts'
import { choice, text } from '../../command-line/values.ts'
import { factor, moment, pattern } from './values.ts'

/** The options of `show` beside those of the display. */
export const showOptions = {
  only: {
    kind: 'valued',
    name: 'only',
    value: choice('STREAM', ['stdout', 'stderr']),
    summary: 'stdout or stderr',
    detail: 'Show only one stream, `stdout` or `stderr`.',
  },
  name: {
    kind: 'valued',
    name: 'name',
    short: 'n',
    isRepeatable: true,
    value: text('NAME', 'the name of a command'),
    summary: 'only this command; can be repeated',
    detail: 'Show only the command with this name. It can be repeated.',
  },
  grep: {
    kind: 'valued',
    name: 'grep',
    value: pattern('REGEXP'),
    summary: 'only lines that match',
    detail:
      'Show only lines that match a regular expression, in the syntax of JavaScript. They are whole lines of text, each with its newline, with `--format raw` too.',
  },
  since: {
    kind: 'valued',
    name: 'since',
    value: moment('TIME'),
    summary: 'only lines after 90s or 2m, or 2026-01-31T09:30',
    detail:
      'Show only what came later. A length of time counts from the start of the record. A date, with or without a time of day, is in local time unless it has a zone, such as `Z` or `+02:00`.',
  },
  speed: {
    kind: 'valued',
    name: 'speed',
    value: factor('N'),
    summary: 'replay N times as fast; without it, all at once',
    detail:
      'Replay the lines at the pace at which they came, N times as fast: 1 is the original pace, 0.5 is half as fast. Without it, everything is shown at once.',
  },
  follow: {
    kind: 'switch',
    name: 'follow',
    summary: 'wait for more until every command has ended',
    detail: 'Wait for more to be written, until every command that was started has ended.',
  },
} as const satisfies Record<string, Option>

const { only, name, grep, since, speed, follow } = showOptions

export const show: CommandSpec<'show'> = {
  name: 'show',
  synopsis: '[options] FILE',
  summary: 'show a saved run again',
  intro: 'Show a run again that was saved by rivulet run --save; - is stdin.',
  operand: { placeholder: 'FILE', completion: { kind: 'file' } },
  groups: [
    { heading: 'Which lines', options: [only, name, grep, since] },
    { heading: 'Display', options: [speed, follow, ...Object.values(displayOptions), helpOption] },
  ],
  examples: [
    { line: "rivulet show --only stderr --grep 'warn|error' run.jsonl", does: 'Show the lines of stderr that match.' },
    { line: 'rivulet show --follow --timestamps delta run.jsonl', does: 'Follow a run that is still being saved.' },
  ],
  manual: [
    'The file may be compressed with gzip. A last line that was cut off by a crash is skipped. Any other line that is not an event is reported with its number, and the rest is shown.',
  ],
}
