import type { FlagMeaning } from './flags-of.ts'
import { optionWords } from './option-words.ts'

/** One line for a flag. Of the two of a switch the help has that which is not the default. */
export function flagSummary(meaning: FlagMeaning): string {
  const { option } = meaning
  const isDefault = 'isOn' in meaning && meaning.isOn === (meaning.option.isOn === true)
  return isDefault ? `the opposite of ${optionWords(option)}, and the default` : option.summary
}
