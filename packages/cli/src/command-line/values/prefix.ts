import { parsePrefix } from '../../present/parse-prefix.ts'
import type { Value } from '../value.ts'

/** The template of what stands before a line; an empty one for nothing. */
export function prefix(placeholder: string): Value<string> {
  return {
    placeholder,
    expected: `a template such as '{time} {name} | '`,
    completion: { kind: 'none' },
    read: (text) => {
      parsePrefix(text)
      return text
    },
  }
}
