import { optionsOf, type CommandSpec } from '../../../command-line/command-spec.ts'
import { flagsOf } from '../../../command-line/flags.ts'
import type { OptionValues } from '../../../command-line/option-values.ts'
import { parseOptions } from '../../../command-line/parse-options.ts'
import { unknownOption } from '../../../command-line/unknown-option.ts'
import { UsageError } from '../../../command-line/usage-error.ts'
import type { CommandRequest } from '../request.ts'
import { commandOptions, run, runOptions } from '../spec.ts'

const { name, cwd, env } = runOptions

/** One of several commands: its own options, then its words. Throws a `UsageError`. */
export function parseCommand(words: readonly string[], commands: readonly CommandSpec[]): CommandRequest {
  const { values, operands } = parseOptions(words, {
    options: commandOptions,
    isLeading: true,
    unknown: (flag) =>
      flagsOf(optionsOf(run)).has(flag)
        ? new UsageError(`${flag} applies to all commands: write it before the first`)
        : unknownOption(flag, run, commands),
  })
  return makeCommand(values, operands)
}

/** A command with these options and words. Throws a `UsageError` if there are none. */
export function makeCommand(values: OptionValues, [file, ...args]: readonly string[]): CommandRequest {
  if (file === undefined) throw new UsageError('the command to run is missing')
  if (file === '') throw new UsageError('the command to run has an empty name')
  return { name: values.last(name), file, args, cwd: values.last(cwd), env: Object.fromEntries(values.all(env)) }
}
