import { clockTime } from '../text/clock-time.ts'
import { shortName } from '../text/short-name.ts'
import { parsePrefix, type PrefixField, type PrefixPart } from './parse-prefix.ts'
import type { PresenterStyle } from './presenter-style.ts'
import { textWidth } from './text-width.ts'

/** Who a line is from. */
export interface LineSource {
  /** The name of the command, if it has one. */
  name: string | undefined
  /** What stands for the name in a template if it has none. */
  program: string
  pid: number | undefined
  /** Undefined for what we say ourselves. */
  stream: 'stdout' | 'stderr' | undefined
}

/** How a mark is written. */
interface MarkStyle {
  /** Whether its line was begun before, and goes on after another interrupted it. */
  isContinued: boolean
  isColored: boolean
}

/** A name as it is displayed. */
interface DisplayedName {
  text: string
  width: number
  color: number
}

/** The times that a line has, in milliseconds. */
interface LineTimes {
  /** When it was read, since the epoch. */
  t: number
  /** Since the first event. */
  elapsedMs: number
  /** Since the line before. */
  deltaMs: number
}

/** A template, and what it is for a line that goes on. */
interface Template {
  parts: PrefixPart[]
  continued: PrefixPart[]
}

const dim = 2
const green = 32
const red = 31
/** For names, in turn; the colours of the streams are not among them. */
const nameColors = [36, 33, 35, 34, 96, 93, 95, 94]

/** Makes what stands before the lines: the time, then what the template says. */
export class Marks {
  readonly #named: Template
  readonly #unnamed: Template
  readonly #names = new Map<string, DisplayedName>()
  #nameWidth = 0
  #originMs: number | undefined
  #lastMs = 0

  constructor({ timestamps, prefix, names }: PresenterStyle) {
    const time: PrefixPart[] = timestamps === 'none' ? [] : [{ field: timestamps }, { text: ' ' }]
    this.#named = withContinued([...time, ...parsePrefix(prefix ?? '{name} {stream} | ')])
    this.#unnamed = prefix === undefined ? withContinued([...time, ...parsePrefix('{stream} | ')]) : this.#named
    for (const name of names) this.#know(name)
  }

  /** Counts `elapsed`, and the `delta` of the first line, from the first time that is given. */
  begin(t: number): void {
    if (this.#originMs !== undefined) return
    this.#originMs = t
    this.#lastMs = t
  }

  /** The mark of the next line, which was read at `t`. */
  next(source: LineSource, t: number, { isContinued, isColored }: MarkStyle): string {
    const times = { t, elapsedMs: Math.max(0, t - (this.#originMs ?? t)), deltaMs: Math.max(0, t - this.#lastMs) }
    this.#lastMs = t
    const template = source.name === undefined ? this.#unnamed : this.#named
    let mark = ''
    for (const part of isContinued ? template.continued : template.parts) {
      mark += 'text' in part ? part.text : this.#field(part.field, source, times, isColored)
    }
    return mark
  }

  #field(field: PrefixField, source: LineSource, times: LineTimes, isColored: boolean): string {
    const colored = (text: string, color: number): string => (isColored ? `\u001b[${color}m${text}\u001b[0m` : text)
    switch (field) {
      case 'name': {
        const { text, width, color } = this.#know(source.name ?? source.program)
        return colored(text, color) + ' '.repeat(this.#nameWidth - width)
      }
      case 'stream':
        if (source.stream === undefined) return '   '
        return source.stream === 'stdout' ? colored('out', green) : colored('err', red)
      case 'pid':
        return String(source.pid ?? '')
      case 'time':
      case 'iso':
      case 'elapsed':
      case 'delta':
        return colored(stamp(field, times), dim)
    }
  }

  #know(name: string): DisplayedName {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const text = shortName(name)
    const displayed = {
      text,
      width: textWidth(text),
      color: nameColors[this.#names.size % nameColors.length] ?? dim,
    }
    this.#names.set(name, displayed)
    this.#nameWidth = Math.max(this.#nameWidth, displayed.width)
    return displayed
  }
}

/** On a line that goes on, a `+` takes the place of the last `|`; if there is none, it is added at the end. */
function withContinued(parts: PrefixPart[]): Template {
  const at = parts.findLastIndex((part) => 'text' in part && part.text.includes('|'))
  const bar = parts[at]
  if (bar === undefined || !('text' in bar)) return { parts, continued: [...parts, { text: '+ ' }] }
  return { parts, continued: parts.with(at, { text: bar.text.replace(/\|(?=[^|]*$)/, '+') }) }
}

/** A time, as wide for each line: `13:28:32.007`, `2026-01-31T12:28:32.007Z`, `00:00:02.500`, `   +0.250`. */
export function stamp(kind: 'time' | 'iso' | 'elapsed' | 'delta', { t, elapsedMs, deltaMs }: LineTimes): string {
  if (kind === 'elapsed') return clockTime(elapsedMs)
  if (kind === 'delta') return `+${(deltaMs / 1000).toFixed(3)}`.padStart(9)
  const date = new Date(t)
  if (kind === 'iso') return date.toISOString()
  const minutes = date.getHours() * 60 + date.getMinutes()
  return clockTime((minutes * 60 + date.getSeconds()) * 1000 + date.getMilliseconds())
}
