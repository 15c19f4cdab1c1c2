import { commandHelp } from './command-line/command-help.ts'
import type { CommandSpec } from './command-line/command-spec.ts'
import { overview } from './command-line/overview.ts'
import { print } from './command-line/print.ts'

/** Tells how a command is used, or all of it. Gives the exit code to end with. */
export function helpCommand(command: CommandSpec | undefined): Promise<number> {
  return print(command === undefined ? overview() : commandHelp(command))
}
