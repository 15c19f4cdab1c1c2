import type { Completion, Value } from '../value.ts'

/** Any text but an empty one. */
export function text(placeholder: string, expected: string, completion: Completion = { kind: 'none' }): Value<string> {
  return { placeholder, expected, completion, read: (given) => (given === '' ? undefined : given) }
}
