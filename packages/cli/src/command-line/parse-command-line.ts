import type { CommandSpec } from './command-spec.ts'
import { nearest } from './nearest.ts'
import { onlyOperand } from './only-operand.ts'
import { optionsOf } from './options-of.ts'
import { parseOptions } from './parse-options.ts'
import { parseRun } from './parse-run.ts'
import { parseShow } from './parse-show.ts'
import { parseTimeline } from './parse-timeline.ts'
import { quoted } from './quoted.ts'
import { Refusal } from './refusal.ts'
import type { Request } from './request.ts'
import { commands } from './spec/commands.ts'
import { completion, type Shell } from './spec/completion.ts'
import { helpOption } from './spec/help-option.ts'
import { help } from './spec/help.ts'
import { run } from './spec/run.ts'
import { show } from './spec/show.ts'
import { timeline } from './spec/timeline.ts'
import { optionBeforeCommand, unknownOption } from './unknown-option.ts'

/**
 * Makes a request of the words behind `rivulet`. `readFile` gives the text of a file of commands, and throws a `Refusal`
 * where it cannot.
 */
export function parseCommandLine(words: readonly string[], readFile: (path: string) => string): Request {
  try {
    return parse(words, readFile)
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', why: error.message }
    throw error
  }
}

function parse([first, ...rest]: readonly string[], readFile: (path: string) => string): Request {
  if (first === undefined) throw new Refusal('a command is missing: rivulet run -- make, or rivulet --help')
  if (first === '--help' || first === '-h') return { kind: 'help', command: undefined }
  if (first === '--version') return { kind: 'version' }
  if (first.startsWith('-')) throw optionBeforeCommand(first)
  const command = commands.find(({ name }) => name === first)
  if (command === undefined) throw unknownCommand(first)
  const parsed = parseOptions(rest, {
    options: optionsOf(command),
    isLeading: command === run,
    refuseUnknown: (flag) => unknownOption(flag, command),
  })
  if (parsed.given.isOn(helpOption)) return { kind: 'help', command }
  switch (command) {
    case run:
      return { kind: 'run', request: parseRun(parsed, readFile) }
    case show:
      return { kind: 'show', request: parseShow(parsed) }
    case timeline:
      return { kind: 'timeline', request: parseTimeline(parsed) }
    case completion:
      // Its operand is one of the shells: it would have been refused.
      return { kind: 'completion', shell: onlyOperand(completion, parsed.operands) as Shell }
    default:
      return { kind: 'help', command: commandToHelpWith(parsed.operands) }
  }
}

function commandToHelpWith(operands: readonly string[]): CommandSpec | undefined {
  if (operands.length === 0) return undefined
  const name = onlyOperand(help, operands)
  return commands.find((command) => command.name === name)
}

function unknownCommand(given: string): Refusal {
  const unknown = `unknown command ${quoted(given)}`
  const near = nearest(
    given,
    commands.map(({ name }) => name),
  )
  if (near !== undefined) return new Refusal(`${unknown}; did you mean '${near}'?`)
  return new Refusal(`${unknown}; to run a program: rivulet run -- ${/^[\w./-]+$/.test(given) ? given : 'PROGRAM'}`)
}
