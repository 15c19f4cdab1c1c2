import { parsePrefix } from '../present/parse-prefix.ts'
import type { Option, Value } from './option.ts'
import { choice } from './values.ts'

/** The template of what stands before a line; an empty one for nothing. */
const prefix: Value<string> = {
  placeholder: 'TEMPLATE',
  expected: `a template such as '{time} {name} | '`,
  completion: { kind: 'none' },
  read: (text) => {
    parsePrefix(text)
    return text
  },
}

/** How events are displayed: the options that `run` and `show` share. */
export const displayOptions = {
  format: {
    kind: 'valued',
    name: 'format',
    value: choice('FORMAT', ['text', 'plain', 'jsonl', 'raw']),
    summary: 'text (default), plain, jsonl (events), raw (bytes)',
    detail:
      "`text` puts a mark before each line, in colour on a terminal. `plain` is the same without any colours or escapes, the program's included: for files and logs. `jsonl` is one event per line, as JSON, all of it on stdout. `raw` is the bytes as they were read, with nothing added.",
  },
  timestamps: {
    kind: 'valued',
    name: 'timestamps',
    value: choice('KIND', ['none', 'time', 'iso', 'elapsed', 'delta']),
    summary: 'none (default), time, iso, elapsed, delta',
    detail:
      'Put a time before each mark: `time` is the time of day, `iso` the date and time in UTC, `elapsed` the time since the start, `delta` the time since the line before.',
  },
  prefix: {
    kind: 'valued',
    name: 'prefix',
    value: prefix,
    summary: "before each line, such as '{time} {name}: '",
    detail:
      'What to put before each line, instead of `{name} {stream} | `. The fields are `{name}`, `{stream}`, `{time}`, `{iso}`, `{elapsed}`, `{delta}` and `{pid}`; `{{` and `}}` stand for braces. An empty template leaves the lines as they are.',
  },
  color: {
    kind: 'valued',
    name: 'color',
    value: choice('WHEN', ['auto', 'always', 'never']),
    summary: 'auto (default: on a terminal), always, never',
    detail:
      "Whether marks are in colour and the program's own colours are kept. It overrides `NO_COLOR` and `FORCE_COLOR`.",
  },
  to: {
    kind: 'valued',
    name: 'to',
    value: choice('WHERE', ['both', 'stdout']),
    summary: 'both (default), or stdout for everything',
    detail:
      'By default, lines from stdout are written to stdout, and lines from stderr to stderr. `stdout` writes everything to stdout.',
  },
  ansi: {
    kind: 'valued',
    name: 'ansi',
    value: choice('WAY', ['colors', 'pass']),
    summary: 'colors (default: show other escapes), or pass',
    detail:
      'What to do with the terminal escapes that a program prints. `colors` keeps its colours and shows all other escapes, such as `^[[2J`, so that no output can act upon the terminal. `pass` lets everything through. A spinner that goes back one character at a time needs it; otherwise each step is shown as `^H`.',
  },
} as const satisfies Record<string, Option>
