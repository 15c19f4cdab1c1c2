import type { Value } from '../value.ts'

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
