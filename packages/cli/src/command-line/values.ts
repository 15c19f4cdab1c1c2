import { inWords } from '../text/in-words.ts'
import type { Completion, Value } from './option.ts'

/** Any text but an empty one. */
export function text(placeholder: string, expected: string, completion: Completion = { kind: 'none' }): Value<string> {
  return { placeholder, expected, completion, read: (given) => (given === '' ? undefined : given) }
}

/** The path of a file or a folder, which need not exist. */
export function path(kind: 'file' | 'folder'): Value<string> {
  return text(kind === 'file' ? 'FILE' : 'DIR', `the path of a ${kind}`, { kind })
}

/** One of a few words. */
export function choice<const T extends string>(placeholder: string, choices: readonly T[]): Value<T> {
  return {
    placeholder,
    expected: inWords(choices),
    completion: { kind: 'choices', choices },
    read: (given) => choices.find((one) => one === given),
  }
}

const unitMs = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
])

/** Reads a length of time, in milliseconds: `30` and `30s`, `500ms`, `2m`, `1h`. Undefined if it is none. */
export function readDuration(given: string): number | undefined {
  const [, number = '', unit = 's'] = /^(\d+(?:\.\d+)?)([a-z]+)?$/.exec(given) ?? []
  const ms = Math.round(Number(number) * (unitMs.get(unit) ?? Number.NaN))
  return number !== '' && Number.isSafeInteger(ms) ? ms : undefined
}
