import type { CommandSpec } from './command-spec.ts'
import { inWords } from './in-words.ts'
import { quoted } from './quoted.ts'
import { Refusal } from './refusal.ts'

/** The one operand that the command takes. Throws a `Refusal` where there is none, or more, or none of its choices. */
export function onlyOperand({ name, operand, examples }: CommandSpec, operands: readonly string[]): string {
  const [only = '', second] = operands
  const { placeholder, completion } = operand
  if (only === '') throw new Refusal(`${placeholder} is missing: ${examples[0]?.line ?? ''}`)
  if (second !== undefined)
    throw new Refusal(`rivulet ${name} takes one ${placeholder}; ${quoted(second)} is one too many`)
  if (completion.kind === 'choices' && !completion.choices.includes(only)) {
    throw new Refusal(`${placeholder} must be ${inWords(completion.choices)}, not ${quoted(only)}`)
  }
  return only
}
