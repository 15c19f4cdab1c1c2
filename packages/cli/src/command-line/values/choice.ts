import { inWords } from '../in-words.ts'
import type { Value } from '../value.ts'

/** One of a few words. */
export function choice<const T extends string>(placeholder: string, choices: readonly T[]): Value<T> {
  return {
    placeholder,
    expected: inWords(choices),
    completion: { kind: 'choices', choices },
    read: (text) => choices.find((one) => one === text),
  }
}
