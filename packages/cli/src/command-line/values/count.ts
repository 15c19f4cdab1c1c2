import type { Value } from '../value.ts'

/** A whole number from `least` on. */
export function count(placeholder: string, least: number): Value<number> {
  return {
    placeholder,
    expected: `a whole number from ${least} on`,
    read: (text) => {
      const number = Number(text)
      return /^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least ? number : undefined
    },
    completion: { kind: 'none' },
  }
}
