import type { Value } from '../value.ts'

/** A regular expression as JavaScript has it. */
export function pattern(placeholder: string): Value<RegExp> {
  return {
    placeholder,
    expected: 'a regular expression',
    completion: { kind: 'none' },
    read: (text) => (text === '' ? undefined : new RegExp(text)),
  }
}
