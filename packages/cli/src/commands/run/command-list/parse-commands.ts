import type { ParseContext } from '../../../command-line/command.ts'
import type { ParsedOptions } from '../../../command-line/parse-options.ts'
import { UsageError } from '../../../command-line/usage-error.ts'
import { oneLine } from '../../../text/visible.ts'
import type { CommandRequest } from '../request.ts'
import { runOptions } from '../spec.ts'
import { makeCommand, parseCommand } from './parse-command.ts'
import { parseCommandFile } from './parse-command-file.ts'
import { readCommandFile } from './read-command-file.ts'

/** Stands between the words of two commands. */
const separator = ':::'

/** The commands of `rivulet run`, from its words or from a file. Throws a `UsageError`, and what reading the file throws. */
export function parseCommands(parsed: ParsedOptions, context: ParseContext): CommandRequest[] {
  const path = parsed.values.last(runOptions.file)
  return path === undefined ? commandsOfLine(parsed, context) : commandsOfFile(parsed, path, context)
}

function commandsOfLine({ values, operands }: ParsedOptions, { commands }: ParseContext): CommandRequest[] {
  const [words = [], ...others] = splitAtSeparators(operands)
  if (words.length === 0) {
    throw new UsageError(
      others.length === 0
        ? 'the command to run is missing: rivulet run -- make, or --file with a command file'
        : `the command to run is missing before ${separator}`,
    )
  }
  const first = makeCommand(values, words)
  const rest = others.map((part) => {
    if (part.length === 0) throw new UsageError(`the command to run is missing after ${separator}`)
    return parseCommand(part, commands)
  })
  return [first, ...rest.map((command) => within(first, command))]
}

function commandsOfFile(
  { values, operands }: ParsedOptions,
  path: string,
  { commands, readFile = readCommandFile }: ParseContext,
): CommandRequest[] {
  if (operands.length > 0) throw new UsageError('--file cannot be used with a command on the command line')
  if (values.has(runOptions.name)) {
    throw new UsageError("--name cannot be used with --file: names are written in the file, as 'name: command'")
  }
  const ofAll = { cwd: values.last(runOptions.cwd), env: Object.fromEntries(values.all(runOptions.env)) }
  const shown = path === '-' ? 'stdin' : oneLine(path)
  return parseCommandFile(readFile(path), shown, commands).map((command) => within(ofAll, command))
}

/** What was given for all commands, unless this one has its own. */
function within(ofAll: Pick<CommandRequest, 'cwd' | 'env'>, command: CommandRequest): CommandRequest {
  return { ...command, cwd: command.cwd ?? ofAll.cwd, env: { ...ofAll.env, ...command.env } }
}

function splitAtSeparators(words: readonly string[]): string[][] {
  const parts: string[][] = [[]]
  for (const word of words) {
    if (word === separator) parts.push([])
    else parts.at(-1)?.push(word)
  }
  return parts
}
