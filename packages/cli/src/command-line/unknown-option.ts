import type { CommandSpec } from './command-spec.ts'
import { flagsOf } from './flags-of.ts'
import { nearest } from './nearest.ts'
import { optionsOf } from './options-of.ts'
import { quoted } from './quoted.ts'
import { Refusal } from './refusal.ts'
import { commands } from './spec/commands.ts'

/** What to say of an option that the command has not. */
export function unknownOption(flag: string, command: CommandSpec): Refusal {
  const unknown = `unknown option ${quoted(flag)}`
  const near = nearestFlag(flag, command)
  if (near !== undefined) return new Refusal(`${unknown}; did you mean '${near}'?`)
  const owner = ownerOf(flag)
  if (owner !== undefined) return new Refusal(`${unknown}: it is an option of rivulet ${owner.name}`)
  if (nearest(flag.replace(/^--?/, ''), ['version']) !== undefined) {
    return new Refusal(`${unknown}; did you mean 'rivulet --version'?`)
  }
  return new Refusal(`${unknown}; see rivulet ${command.name} --help`)
}

/** What to say of an option that stands where the command should. */
export function optionBeforeCommand(word: string): Refusal {
  const [flag = ''] = word.split('=')
  const owner = ownerOf(flag)
  if (owner !== undefined) return new Refusal(`${flag} comes after the command: rivulet ${owner.name} ${flag}`)
  const near = nearest(flag.replace(/^--?/, ''), ['help', 'version'])
  return new Refusal(
    `unknown option ${quoted(word)}; ${near === undefined ? 'see rivulet --help' : `did you mean '--${near}'?`}`,
  )
}

/** With one dash instead of two, a flag is near as well. */
function nearestFlag(flag: string, command: CommandSpec): string | undefined {
  const names = [...flagsOf(optionsOf(command)).keys()].filter((name) => name.startsWith('--'))
  const near = nearest(
    flag.replace(/^--?/, ''),
    names.map((name) => name.slice(2)),
  )
  return near === undefined ? undefined : `--${near}`
}

function ownerOf(flag: string): CommandSpec | undefined {
  return commands.find((command) => flagsOf(optionsOf(command)).has(flag))
}
