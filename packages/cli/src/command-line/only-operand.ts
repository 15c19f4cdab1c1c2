import { inWords } from '../text/in-words.ts'
import { quoted } from '../text/quoted.ts'
import type { CommandSpec } from './command-spec.ts'
import { UsageError } from './usage-error.ts'

/** The one operand that the command takes. Throws a `UsageError` if there is none, or more, or if it is no choice of its. */
export function onlyOperand({ name, operand, examples }: CommandSpec, operands: readonly string[]): string {
  const [only = '', second] = operands
  const { placeholder, completion } = operand
  if (only === '') throw new UsageError(`${placeholder} is missing: ${examples[0]?.line ?? ''}`)
  if (second !== undefined)
    throw new UsageError(`rivulet ${name} takes one ${placeholder}; ${quoted(second)} is one too many`)
  if (completion.kind === 'choices' && !completion.choices.includes(only)) {
    throw new UsageError(`${placeholder} must be ${inWords(completion.choices)}, not ${quoted(only)}`)
  }
  return only
}
