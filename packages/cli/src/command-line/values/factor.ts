import type { Value } from '../value.ts'

/** A number above 0, such as `2` or `0.5`. */
export function factor(placeholder: string): Value<number> {
  return {
    placeholder,
    expected: 'a number above 0, such as 2 or 0.5',
    read: (text) => {
      const number = Number(text)
      return /^\d+(?:\.\d+)?$/.test(text) && number > 0 && Number.isFinite(number) ? number : undefined
    },
    completion: { kind: 'none' },
  }
}
