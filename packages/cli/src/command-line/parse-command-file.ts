import type { CommandRequest } from '../run-request.ts'
import { quoted } from './quoted.ts'
import { parseCommand } from './parse-command.ts'
import { Refusal } from './refusal.ts'
import { runOptions } from './spec/run-options.ts'
import { splitWords } from './split-words.ts'

/** A command without a name may have a colon in its words, but no space behind it in the first. */
const named = /^[ \t]*(?<name>[^\s'"\\#]+):(?=\s|$)(?<rest>.*)$/su

/**
 * Reads a file of commands: one a line, `name: command words` or `command words`, with `#` before a comment. Throws a
 * `Refusal` that names the file and the line.
 */
export function parseCommandFile(text: string, path: string): CommandRequest[] {
  const commands: CommandRequest[] = []
  const lines = text.split(/\r?\n/)
  const lineOfName = new Map<string, number>()
  for (const [at, line] of lines.entries()) {
    const number = at + 1
    try {
      const command = parseLine(line)
      if (command === undefined) continue
      const earlier = command.name === undefined ? undefined : lineOfName.get(command.name)
      if (earlier !== undefined)
        throw new Refusal(`${quoted(command.name ?? '')} is the name of line ${earlier} already`)
      if (command.name !== undefined) lineOfName.set(command.name, number)
      commands.push(command)
    } catch (error) {
      throw error instanceof Refusal ? new Refusal(`${path}:${number}: ${error.message}`) : error
    }
  }
  if (commands.length === 0) throw new Refusal(`${path} has no command: write one a line, such as 'api: npm start'`)
  return commands
}

/** The command of a line; undefined where there is nothing but a comment. */
function parseLine(line: string): CommandRequest | undefined {
  const control = /[^\P{Cc}\t]/u.exec(line)
  if (control !== null) throw new Refusal(`there is a control character at column ${control.index + 1}`)
  const { name, rest = line } = named.exec(line)?.groups ?? {}
  const words = splitWords(line, line.length - rest.length)
  if (name === undefined) return words.length === 0 ? undefined : parseCommand(words)
  const { value } = runOptions.name
  if (value.read(name) === undefined) throw new Refusal(`the name must be ${value.expected}, not ${quoted(name)}`)
  const command = parseCommand(words)
  if (command.name !== undefined) throw new Refusal(`there are two names, ${quoted(name)} and ${quoted(command.name)}`)
  return { ...command, name }
}
