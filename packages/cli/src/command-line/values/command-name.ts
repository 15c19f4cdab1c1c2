import type { Value } from '../value.ts'

/** Longer ones would leave no room for what they stand before. */
const mostCharacters = 64

/** The name of a command, which stands before its lines. */
export function commandName(placeholder: string): Value<string> {
  return {
    placeholder,
    expected: `a name of at most ${mostCharacters} characters that begins with a letter, a digit or _, in one line`,
    read: (text) =>
      /^[\p{L}\p{N}_]\P{C}*$/u.test(text) && text.trim() === text && Array.from(text).length <= mostCharacters
        ? text
        : undefined,
    completion: { kind: 'none' },
  }
}
