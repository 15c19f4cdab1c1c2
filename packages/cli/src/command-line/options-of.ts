import type { CommandSpec } from './command-spec.ts'
import type { Option } from './option.ts'

/** All options of a command, in the order of its help. */
export function optionsOf(command: CommandSpec): Option[] {
  return command.groups.flatMap(({ options }) => options)
}
