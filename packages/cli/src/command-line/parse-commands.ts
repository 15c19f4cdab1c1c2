import type { CommandRequest } from '../run-request.ts'
import { oneLine } from '../present/one-line.ts'
import { makeCommand, parseCommand } from './parse-command.ts'
import { parseCommandFile } from './parse-command-file.ts'
import type { ParsedOptions } from './parse-options.ts'
import { Refusal } from './refusal.ts'
import { runOptions } from './spec/run-options.ts'

/** What parts the words of several commands. */
const parting = ':::'

/** The commands of `rivulet run`, from its words or from a file. Throws a `Refusal`, and what `readFile` throws. */
export function parseCommands(parsed: ParsedOptions, readFile: (path: string) => string): CommandRequest[] {
  const path = parsed.given.last(runOptions.file)
  return path === undefined ? commandsOfLine(parsed) : commandsOfFile(parsed, path, readFile)
}

function commandsOfLine({ given, operands }: ParsedOptions): CommandRequest[] {
  const [words = [], ...others] = splitAtParting(operands)
  if (words.length === 0) {
    throw new Refusal(
      others.length === 0
        ? 'what to run is missing: rivulet run -- make, or --file with a file of commands'
        : `what to run is missing before ${parting}`,
    )
  }
  const first = makeCommand(given, words)
  const commands = others.map((part) => {
    if (part.length === 0) throw new Refusal(`what to run is missing after ${parting}`)
    return parseCommand(part)
  })
  return [first, ...commands.map((command) => within(first, command))]
}

function commandsOfFile(
  { given, operands }: ParsedOptions,
  path: string,
  readFile: (path: string) => string,
): CommandRequest[] {
  if (operands.length > 0) throw new Refusal('--file and a command on the command line cannot go together')
  if (given.has(runOptions.name)) {
    throw new Refusal("--name cannot go with --file, where a name is written as 'name: command'")
  }
  const ofAll = { cwd: given.last(runOptions.cwd), env: Object.fromEntries(given.all(runOptions.env)) }
  const shown = path === '-' ? 'stdin' : oneLine(path)
  return parseCommandFile(readFile(path), shown).map((command) => within(ofAll, command))
}

/** What was given for all commands, where this one has nothing of its own. */
function within(ofAll: Pick<CommandRequest, 'cwd' | 'env'>, command: CommandRequest): CommandRequest {
  return { ...command, cwd: command.cwd ?? ofAll.cwd, env: { ...ofAll.env, ...command.env } }
}

function splitAtParting(words: readonly string[]): string[][] {
  const parts: string[][] = [[]]
  for (const word of words) {
    if (word === parting) parts.push([])
    else parts.at(-1)?.push(word)
  }
  return parts
}
