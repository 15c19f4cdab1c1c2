import type { CommandSpec } from './command-spec.ts'
import { optionWords } from './option-words.ts'

/** Between what stands on the left and what it means. */
const gap = 2

/** How to use one command, to fit a screen. */
export function commandHelp({ name, synopsis, intro, groups, examples }: CommandSpec): string {
  const rows = groups.flatMap(({ options }) => options.map(optionWords))
  const width = Math.max(...rows.map((row) => row.length)) + gap
  return lines(
    `Usage: rivulet ${name} ${synopsis}`,
    intro,
    '',
    ...groups.flatMap(({ heading, options }) => [
      `${heading}:`,
      ...options.map((option) => `  ${optionWords(option).padEnd(width)}${option.summary}`),
    ]),
    '',
    examples.length === 1 ? 'Example:' : 'Examples:',
    ...examples.map(({ line }) => `  ${line}`),
  )
}

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`
}
