import type { CommandRequest } from '../run-request.ts'
import type { Given } from './given.ts'
import { commandOptions } from './command-options.ts'
import { flagsOf } from './flags-of.ts'
import { optionsOf } from './options-of.ts'
import { parseOptions } from './parse-options.ts'
import { Refusal } from './refusal.ts'
import { runOptions } from './spec/run-options.ts'
import { run } from './spec/run.ts'
import { unknownOption } from './unknown-option.ts'

const { name, cwd, env } = runOptions

/** One of several commands: its own options, then its words. Throws a `Refusal`. */
export function parseCommand(words: readonly string[]): CommandRequest {
  const { given, operands } = parseOptions(words, {
    options: commandOptions,
    isLeading: true,
    refuseUnknown,
  })
  return makeCommand(given, operands)
}

/** A command of these options and words. Throws a `Refusal` where there are none. */
export function makeCommand(given: Given, [file, ...args]: readonly string[]): CommandRequest {
  if (file === undefined) throw new Refusal('what to run is missing')
  if (file === '') throw new Refusal('what to run has an empty name')
  return { name: given.last(name), file, args, cwd: given.last(cwd), env: Object.fromEntries(given.all(env)) }
}

function refuseUnknown(flag: string): Refusal {
  const isOfAll = flagsOf(optionsOf(run)).has(flag)
  return isOfAll ? new Refusal(`${flag} holds for all commands: write it before the first`) : unknownOption(flag, run)
}
