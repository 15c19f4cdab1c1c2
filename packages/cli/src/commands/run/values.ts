import type { Value } from '../../command-line/option.ts'
import { readDuration } from '../../command-line/values.ts'

/** `KEY=VALUE`, as for a variable of the environment; the value may be empty. */
export function assignment(placeholder: string): Value<readonly [key: string, value: string]> {
  return {
    placeholder,
    expected: `${placeholder}, such as PORT=3000`,
    read: (text) => {
      const at = text.indexOf('=')
      return at > 0 ? [text.slice(0, at), text.slice(at + 1)] : undefined
    },
    completion: { kind: 'none' },
  }
}

/** A longer name would leave no room for the lines it stands before. */
const maxNameCharacters = 64

/** The name of a command, which stands before its lines. */
export function commandName(placeholder: string): Value<string> {
  return {
    placeholder,
    expected: `a name of at most ${maxNameCharacters} characters that begins with a letter, a digit or _, in one line`,
    read: (text) =>
      /^[\p{L}\p{N}_]\P{C}*$/u.test(text) && text.trim() === text && Array.from(text).length <= maxNameCharacters
        ? text
        : undefined,
    completion: { kind: 'none' },
  }
}

/** A whole number of at least `min`. */
export function count(placeholder: string, min: number): Value<number> {
  return {
    placeholder,
    expected: `a whole number of at least ${min}`,
    read: (text) => {
      const number = Number(text)
      return /^\d+$/.test(text) && Number.isSafeInteger(number) && number >= min ? number : undefined
    },
    completion: { kind: 'none' },
  }
}

/** The longest delay that a timer of Node can have, 2^31 - 1; a message says it in hours. */
const maxTimerMs = 2_147_483_647
const maxTimerText = '596h'

/** How long a timer waits, in milliseconds, from `minMs` on. */
export function duration(placeholder: string, minMs: 0 | 1): Value<number> {
  return {
    placeholder,
    expected: `a time such as 30s, 500ms, 2m or 1h,${minMs > 0 ? ' above 0 and' : ''} at most ${maxTimerText}`,
    completion: { kind: 'none' },
    read: (text) => {
      const ms = readDuration(text)
      return ms !== undefined && ms >= minMs && ms <= maxTimerMs ? ms : undefined
    },
  }
}
