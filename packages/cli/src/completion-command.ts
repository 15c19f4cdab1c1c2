import { bashCompletion } from './command-line/completion/bash-completion.ts'
import { fishCompletion } from './command-line/completion/fish-completion.ts'
import { zshCompletion } from './command-line/completion/zsh-completion.ts'
import { print } from './command-line/print.ts'
import type { Shell } from './command-line/spec/completion.ts'

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }

/** Prints what makes a shell complete the words of `rivulet`. Gives the exit code to end with. */
export function completionCommand(shell: Shell): Promise<number> {
  return print(scripts[shell]())
}
