import type { Option, Switch, ValuedOption } from './option.ts'

/** What a flag stands for. */
type FlagMeaning = { option: ValuedOption<unknown> } | { option: Switch; isOn: boolean }

/** The flags of some options, as they are typed, and what each stands for. */
export function flagsOf(options: readonly Option[]): Map<string, FlagMeaning> {
  return new Map(options.flatMap((option) => [...flagsOfOne(option)]))
}

function* flagsOfOne(option: Option): Generator<[string, FlagMeaning]> {
  const meaning = option.kind === 'valued' ? { option } : { option, isOn: true }
  if (option.short !== undefined) yield [`-${option.short}`, meaning]
  yield [`--${option.name}`, meaning]
  if (option.kind === 'switch' && option.opposite !== undefined) yield [`--${option.opposite}`, { option, isOn: false }]
}

/** An option as the help shows it: `-n, --name NAME`; of a switch that is on, what turns it off. */
export function optionWords(option: Option): string {
  if (option.kind === 'switch' && option.isOn === true && option.opposite !== undefined) return `--${option.opposite}`
  const short = option.short === undefined ? '' : `-${option.short}, `
  return `${short}--${option.name}${option.kind === 'valued' ? ` ${option.value.placeholder}` : ''}`
}

/** One line for a flag. Of the two flags of a switch, the help has the one that is not the default. */
export function flagSummary(meaning: FlagMeaning): string {
  const { option } = meaning
  const isDefault = 'isOn' in meaning && meaning.isOn === (meaning.option.isOn === true)
  return isDefault ? `the opposite of ${optionWords(option)}, and the default` : option.summary
}
