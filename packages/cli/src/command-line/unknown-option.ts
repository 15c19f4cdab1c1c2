import { quoted } from '../text/quoted.ts'
import { optionsOf, type CommandSpec } from './command-spec.ts'
import { flagsOf } from './flags.ts'
import { nearest } from './nearest.ts'
import { UsageError } from './usage-error.ts'

/** What to say of an option that the command does not have. */
export function unknownOption(flag: string, command: CommandSpec, commands: readonly CommandSpec[]): UsageError {
  const unknown = `unknown option ${quoted(flag)}`
  const near = nearestFlag(flag, command)
  if (near !== undefined) return new UsageError(`${unknown}; did you mean '${near}'?`)
  const owner = ownerOf(flag, commands)
  if (owner !== undefined) return new UsageError(`${unknown}: it is an option of rivulet ${owner.name}`)
  if (nearest(withoutDashes(flag), ['version']) !== undefined) {
    return new UsageError(`${unknown}; did you mean 'rivulet --version'?`)
  }
  return new UsageError(`${unknown}; see rivulet ${command.name} --help`)
}

/** What to say of an option that stands where the command should. */
export function optionBeforeCommand(word: string, commands: readonly CommandSpec[]): UsageError {
  const [flag = ''] = word.split('=')
  const owner = ownerOf(flag, commands)
  if (owner !== undefined) return new UsageError(`${flag} comes after the command: rivulet ${owner.name} ${flag}`)
  const near = nearest(withoutDashes(flag), ['help', 'version'])
  return new UsageError(
    `unknown option ${quoted(word)}; ${near === undefined ? 'see rivulet --help' : `did you mean '--${near}'?`}`,
  )
}

/** With one dash instead of two, a flag is near as well. */
function nearestFlag(flag: string, command: CommandSpec): string | undefined {
  const names = [...flagsOf(optionsOf(command)).keys()].filter((name) => name.startsWith('--'))
  const near = nearest(withoutDashes(flag), names.map(withoutDashes))
  return near === undefined ? undefined : `--${near}`
}

function ownerOf(flag: string, commands: readonly CommandSpec[]): CommandSpec | undefined {
  return commands.find((command) => flagsOf(optionsOf(command)).has(flag))
}

function withoutDashes(flag: string): string {
  return flag.replace(/^--?/, '')
}
