import type { CommandSpec } from '../../command-line/command-spec.ts'
import { optionWords } from '../../command-line/flags.ts'

/** The columns between what stands on the left and what it means. */
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

/** What `rivulet` is, and its commands. */
export function overview(commands: readonly CommandSpec[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + gap
  return lines(
    'Usage: rivulet COMMAND ...',
    'Run programs and show stdout and stderr as one stream, each line marked.',
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    '  rivulet COMMAND --help shows more; rivulet --version shows the version.',
    '',
    'Examples:',
    ...commands.flatMap(({ examples }) => examples.slice(0, 1).map(({ line }) => `  ${line}`)),
  )
}

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`
}
