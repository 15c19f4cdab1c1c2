import type { CommandSpec } from '../../command-line/command-spec.ts'
import { helpOption } from '../../command-line/help-option.ts'
import { shells } from './request.ts'

export const completion: CommandSpec<'completion'> = {
  name: 'completion',
  synopsis: 'SHELL',
  summary: 'print the shell completion script',
  intro: 'Print the completion script of rivulet for a shell: bash, zsh or fish.',
  operand: { placeholder: 'SHELL', completion: { kind: 'choices', choices: shells } },
  groups: [{ heading: 'Options', options: [helpOption] }],
  examples: [
    { line: 'source <(rivulet completion bash)', does: 'In ~/.bashrc.' },
    { line: 'source <(rivulet completion zsh)', does: 'In ~/.zshrc, after compinit.' },
    { line: 'rivulet completion fish | source', does: 'In ~/.config/fish/config.fish.' },
  ],
  manual: ['The script knows the words of this version. If it was saved to a file, print it again after an upgrade.'],
}
