import type { Option } from '../option.ts'
import { choice } from '../values/choice.ts'
import { prefix } from '../values/prefix.ts'

/** How events are shown: of `run`, and of `show`. */
export const showingOptions = {
  format: {
    kind: 'valued',
    name: 'format',
    value: choice('FORMAT', ['text', 'plain', 'jsonl', 'raw']),
    summary: 'text (default), plain, jsonl (events), raw (bytes)',
    detail:
      '`text` puts a mark before each line, in colour on a terminal. `plain` is the same without any colour or escape, also of the program: for files and logs. `jsonl` is one event a line, as JSON, all to stdout. `raw` is the bytes as they were read, with nothing added.',
  },
  timestamps: {
    kind: 'valued',
    name: 'timestamps',
    value: choice('KIND', ['none', 'time', 'iso', 'elapsed', 'delta']),
    summary: 'none (default), time, iso, elapsed, delta',
    detail:
      'Puts a time before each mark: `time` is the time of day, `iso` date and time in UTC, `elapsed` the time since the start, `delta` the time since the line before.',
  },
  prefix: {
    kind: 'valued',
    name: 'prefix',
    value: prefix('TEMPLATE'),
    summary: "before each line, such as '{time} {name}: '",
    detail:
      'What stands before each line, instead of `{name} {stream} | `. It may have `{name}`, `{stream}`, `{time}`, `{iso}`, `{elapsed}`, `{delta}` and `{pid}`; `{{` and `}}` stand for a brace. An empty one leaves the lines as they are.',
  },
  color: {
    kind: 'valued',
    name: 'color',
    value: choice('WHEN', ['auto', 'always', 'never']),
    summary: 'auto (default: on a terminal), always, never',
    detail:
      'Whether marks are in colour, and the colours of the program pass. It stands above `NO_COLOR` and `FORCE_COLOR`.',
  },
  to: {
    kind: 'valued',
    name: 'to',
    value: choice('WHERE', ['both', 'stdout']),
    summary: 'both (default), or stdout for all of it',
    detail:
      'By default lines of stdout are written to our stdout, and lines of stderr to our stderr. `stdout` sends all to stdout.',
  },
  ansi: {
    kind: 'valued',
    name: 'ansi',
    value: choice('WAY', ['colors', 'pass']),
    summary: 'colors (default), other escapes made visible; or pass',
    detail:
      'What becomes of the terminal escapes that a program prints. `colors` lets its colours through and makes all others visible, such as `^[[2J`, so that no output can do anything to the terminal. `pass` lets all through, as a spinner needs that goes back one character at a time, which else shows as `^H`.',
  },
} as const satisfies Record<string, Option>
