import { optionsOf } from '../command-line/command-spec.ts'
import { helpOption } from '../command-line/help-option.ts'
import { nearest } from '../command-line/nearest.ts'
import { parseOptions } from '../command-line/parse-options.ts'
import { optionBeforeCommand, unknownOption } from '../command-line/unknown-option.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { quoted } from '../text/quoted.ts'
import { commands, specs } from './commands.ts'

/** What the command line asks for. */
export type ParsedCommandLine =
  | ReturnType<(typeof commands)[number]['ask']>
  | { kind: 'version' }
  /** In one line, what is wrong and what to do. */
  | { kind: 'usage-error'; message: string }

/**
 * Finds out what the words behind `rivulet` ask for. `readFile` gives the text of a command file, and throws a `UsageError` if
 * it cannot; by default it is read from disk.
 */
export function parseCommandLine(words: readonly string[], readFile?: (path: string) => string): ParsedCommandLine {
  try {
    return parse(words, readFile)
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'usage-error', message: error.message }
    throw error
  }
}

function parse(
  [first, ...rest]: readonly string[],
  readFile: ((path: string) => string) | undefined,
): ParsedCommandLine {
  if (first === undefined) throw new UsageError('a command is missing: rivulet run -- make, or rivulet --help')
  if (first === '--help' || first === '-h') return parse(['help'], readFile)
  if (first === '--version') return { kind: 'version' }
  if (first.startsWith('-')) throw optionBeforeCommand(first, specs)
  const command = commands.find(({ spec }) => spec.name === first)
  if (command === undefined) throw unknownCommand(first)
  const { spec } = command
  const parsed = parseOptions(rest, {
    options: optionsOf(spec),
    isLeading: spec.operand.completion.kind === 'program',
    unknown: (flag) => unknownOption(flag, spec, specs),
  })
  if (parsed.values.isOn(helpOption)) return parse(['help', spec.name], readFile)
  return command.ask(parsed, { commands: specs, readFile })
}

function unknownCommand(given: string): UsageError {
  const unknown = `unknown command ${quoted(given)}`
  const near = nearest(
    given,
    specs.map(({ name }) => name),
  )
  if (near !== undefined) return new UsageError(`${unknown}; did you mean '${near}'?`)
  return new UsageError(`${unknown}; to run a program: rivulet run -- ${/^[\w./-]+$/.test(given) ? given : 'PROGRAM'}`)
}
