import type { Option, Switch, ValuedOption } from './option.ts'

/** What a flag stands for. */
export type FlagMeaning = { option: ValuedOption<unknown> } | { option: Switch; isOn: boolean }

/** The flags of some options, as they are written, and what each stands for. */
export function flagsOf(options: readonly Option[]): Map<string, FlagMeaning> {
  return new Map(options.flatMap((option) => [...flagsOfOne(option)]))
}

function* flagsOfOne(option: Option): Generator<[string, FlagMeaning]> {
  const meaning = option.kind === 'valued' ? { option } : { option, isOn: true }
  if (option.short !== undefined) yield [`-${option.short}`, meaning]
  yield [`--${option.name}`, meaning]
  if (option.kind === 'switch' && option.opposite !== undefined) yield [`--${option.opposite}`, { option, isOn: false }]
}
