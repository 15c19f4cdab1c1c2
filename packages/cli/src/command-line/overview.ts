import { commands } from './spec/commands.ts'

/** What `rivulet` is, and what it can be asked to do. */
export function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2
  return `Usage: rivulet COMMAND ...
Runs programs and shows stdout and stderr as one stream, each line marked.

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}\n`).join('')}
  rivulet COMMAND --help tells more; rivulet --version tells the version.

Examples:
${commands.flatMap(({ examples }) => examples.slice(0, 1).map(({ line }) => `  ${line}\n`)).join('')}`
}
