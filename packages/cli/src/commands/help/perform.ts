import type { CommandSpec } from '../../command-line/command-spec.ts'
import { print } from '../../screen/print.ts'
import { commandHelp, overview } from './help-text.ts'
import type { HelpRequest } from './request.ts'

/** Prints how to use a command, or an overview of all. Gives the exit code. */
export function perform({ command }: HelpRequest, commands: readonly CommandSpec[]): Promise<number> {
  return print(command === undefined ? overview(commands) : commandHelp(command))
}
