import type { Option } from './option.ts'

/** An option as the help shows it: `-n, --name NAME`; of a switch that is on, what turns it off. */
export function optionWords(option: Option): string {
  if (option.kind === 'switch' && option.isOn === true && option.opposite !== undefined) return `--${option.opposite}`
  const short = option.short === undefined ? '' : `-${option.short}, `
  return `${short}--${option.name}${option.kind === 'valued' ? ` ${option.value.placeholder}` : ''}`
}
