import { errorText } from '../error-text.ts'
import { oneLine } from '../present/one-line.ts'
import { flagsOf } from './flags-of.ts'
import { Given } from './given.ts'
import type { Option, ValuedOption } from './option.ts'
import { quoted } from './quoted.ts'
import { Refusal } from './refusal.ts'

/** Options, and what stands beside them. */
export interface ParsedOptions {
  given: Given
  operands: string[]
}

export interface OptionRules {
  options: readonly Option[]
  /** Whether the options end at the first operand, because what follows are the words of a program. */
  isLeading: boolean
  /** What to say of an option that there is none of. */
  refuseUnknown: (flag: string) => Refusal
}

/** Parts options and operands; what comes after `--` is no option. Throws a `Refusal`. */
export function parseOptions(
  words: readonly string[],
  { options, isLeading, refuseUnknown }: OptionRules,
): ParsedOptions {
  const flags = flagsOf(options)
  const given = new Given()
  const operands: string[] = []
  const left = [...words].reverse()
  for (let word = left.pop(); word !== undefined; word = left.pop()) {
    if (word === '--') return { given, operands: [...operands, ...left.reverse()] }
    if (!isFlag(word)) {
      operands.push(word)
      if (isLeading) return { given, operands: [...operands, ...left.reverse()] }
      continue
    }
    const { flag, attached } = part(word)
    const meaning = flags.get(flag)
    // `-name` would be `-n` with the value `ame`, which nobody means.
    if (meaning === undefined || flags.has(`-${word}`)) throw refuseUnknown(word.startsWith('--') ? flag : word)
    if ('isOn' in meaning) {
      if (attached !== undefined) throw new Refusal(`${flag} takes no value, and has ${quoted(attached)}`)
      given.add(meaning.option, meaning.isOn)
      continue
    }
    const { option } = meaning
    const text = attached ?? left.pop()
    if (text === undefined || (attached === undefined && text === '--')) {
      throw new Refusal(`${flag} needs a value: ${option.value.expected}`)
    }
    if (attached === undefined && flags.has(part(text).flag)) {
      // More likely the value was forgotten.
      const whole = `--${option.name}=${quoted(text)}`
      throw new Refusal(`${flag} needs a value, and ${quoted(text)} is an option; if it is the value, write ${whole}`)
    }
    given.add(option, readValue(flag, option, text))
  }
  return { given, operands }
}

/** A lone dash is an operand: our own stdin. */
function isFlag(word: string): boolean {
  return word.startsWith('-') && word !== '-'
}

/** Parts a flag from the value that is attached to it: `--format=text`, `-napi`. */
function part(word: string): { flag: string; attached: string | undefined } {
  if (!word.startsWith('--')) return { flag: word.slice(0, 2), attached: word.length > 2 ? word.slice(2) : undefined }
  const at = word.indexOf('=')
  return at < 0 ? { flag: word, attached: undefined } : { flag: word.slice(0, at), attached: word.slice(at + 1) }
}

function readValue(flag: string, { value }: ValuedOption<unknown>, text: string): unknown {
  const refused = `${flag} must be ${value.expected}, not ${quoted(text)}`
  let read: unknown
  try {
    read = value.read(text)
  } catch (error) {
    throw new Refusal(`${refused}: ${oneLine(errorText(error))}`)
  }
  if (read === undefined) throw new Refusal(refused)
  return read
}
