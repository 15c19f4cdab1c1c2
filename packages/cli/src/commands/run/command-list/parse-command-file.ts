import type { CommandSpec } from '../../../command-line/command-spec.ts'
import { UsageError } from '../../../command-line/usage-error.ts'
import { quoted } from '../../../text/quoted.ts'
import type { CommandRequest } from '../request.ts'
import { runOptions } from '../spec.ts'
import { parseCommand } from './parse-command.ts'
import { splitWords } from './split-words.ts'

/** A command without a name may have a colon in its words, but no space behind a colon in the first. */
const named = /^[ \t]*(?<name>[^\s'"\\#]+):(?=\s|$)(?<rest>.*)$/su

/**
 * Reads the text of a command file: one command per line, `name: command words` or `command words`, with `#` before a comment.
 * Throws a `UsageError` that names the file and the line.
 */
export function parseCommandFile(text: string, path: string, specs: readonly CommandSpec[]): CommandRequest[] {
  const commands: CommandRequest[] = []
  const lines = text.split(/\r?\n/)
  const lineOfName = new Map<string, number>()
  for (const [at, line] of lines.entries()) {
    const number = at + 1
    try {
      const command = parseLine(line, specs)
      if (command === undefined) continue
      const earlier = command.name === undefined ? undefined : lineOfName.get(command.name)
      if (earlier !== undefined)
        throw new UsageError(`${quoted(command.name ?? '')} is already the name of line ${earlier}`)
      if (command.name !== undefined) lineOfName.set(command.name, number)
      commands.push(command)
    } catch (error) {
      throw error instanceof UsageError ? new UsageError(`${path}:${number}: ${error.message}`) : error
    }
  }
  if (commands.length === 0)
    throw new UsageError(`${path} has no command: write one per line, such as 'api: npm start'`)
  return commands
}

/** The command of a line; undefined if there is nothing but a comment. */
function parseLine(line: string, specs: readonly CommandSpec[]): CommandRequest | undefined {
  const control = /[^\P{Cc}\t]/u.exec(line)
  if (control !== null) throw new UsageError(`there is a control character at column ${control.index + 1}`)
  const { name, rest = line } = named.exec(line)?.groups ?? {}
  const words = splitWords(line, line.length - rest.length)
  if (name === undefined) return words.length === 0 ? undefined : parseCommand(words, specs)
  const { value } = runOptions.name
  if (value.read(name) === undefined) throw new UsageError(`the name must be ${value.expected}, not ${quoted(name)}`)
  const command = parseCommand(words, specs)
  if (command.name !== undefined)
    throw new UsageError(`the command has two names, ${quoted(name)} and ${quoted(command.name)}`)
  return { ...command, name }
}
