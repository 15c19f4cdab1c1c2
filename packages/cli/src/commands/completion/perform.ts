import type { CommandSpec } from '../../command-line/command-spec.ts'
import { print } from '../../screen/print.ts'
import { bashCompletion } from './bash-completion.ts'
import { fishCompletion } from './fish-completion.ts'
import type { CompletionRequest } from './request.ts'
import { zshCompletion } from './zsh-completion.ts'

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }

/** Prints the completion script of a shell. Gives the exit code. */
export function perform({ shell }: CompletionRequest, commands: readonly CommandSpec[]): Promise<number> {
  return print(scripts[shell](commands))
}
