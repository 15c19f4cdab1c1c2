import { errorText } from '../text/error-text.ts'
import { quoted } from '../text/quoted.ts'
import { oneLine } from '../text/visible.ts'
import { flagsOf } from './flags.ts'
import { OptionValues } from './option-values.ts'
import type { Option, ValuedOption } from './option.ts'
import { UsageError } from './usage-error.ts'

/** Options, and what stands beside them. */
export interface ParsedOptions {
  values: OptionValues
  operands: string[]
}

interface OptionRules {
  options: readonly Option[]
  /** Whether the options end at the first operand, because what follows are the words of a program. */
  isLeading: boolean
  /** What to say of an option that does not exist. */
  unknown: (flag: string) => UsageError
}

/** Separates options and operands; what comes after `--` is no option. Throws a `UsageError`. */
export function parseOptions(words: readonly string[], { options, isLeading, unknown }: OptionRules): ParsedOptions {
  const flags = flagsOf(options)
  const values = new OptionValues()
  const operands: string[] = []
  const left = [...words].reverse()
  for (let word = left.pop(); word !== undefined; word = left.pop()) {
    if (word === '--') return { values, operands: [...operands, ...left.reverse()] }
    if (!isFlag(word)) {
      operands.push(word)
      if (isLeading) return { values, operands: [...operands, ...left.reverse()] }
      continue
    }
    const { flag, attached } = split(word)
    const meaning = flags.get(flag)
    // `-name` would be `-n` with the value `ame`, which nobody means.
    if (meaning === undefined || flags.has(`-${word}`)) throw unknown(word.startsWith('--') ? flag : word)
    if ('isOn' in meaning) {
      if (attached !== undefined) throw new UsageError(`${flag} takes no value, and was given ${quoted(attached)}`)
      values.add(meaning.option, meaning.isOn)
      continue
    }
    const { option } = meaning
    const text = attached ?? left.pop()
    if (text === undefined || (attached === undefined && text === '--')) {
      throw new UsageError(`${flag} needs a value: ${option.value.expected}`)
    }
    if (attached === undefined && flags.has(split(text).flag)) {
      // More likely the value was forgotten.
      const whole = `--${option.name}=${quoted(text)}`
      throw new UsageError(
        `${flag} needs a value, and ${quoted(text)} is an option; if it is the value, write ${whole}`,
      )
    }
    values.add(option, readValue(flag, option, text))
  }
  return { values, operands }
}

/** A lone dash is an operand: our own stdin. */
function isFlag(word: string): boolean {
  return word.startsWith('-') && word !== '-'
}

/** Splits a flag from the value that is attached to it: `--format=text`, `-napi`. */
function split(word: string): { flag: string; attached: string | undefined } {
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
    throw new UsageError(`${refused}: ${oneLine(errorText(error))}`)
  }
  if (read === undefined) throw new UsageError(refused)
  return read
}
