import type { CommandSpec } from '../command-spec.ts'
import { helpOption } from './help-option.ts'

/** The shells that there is a completion for. */
export const shells = ['bash', 'zsh', 'fish'] as const

export type Shell = (typeof shells)[number]

export const completion: CommandSpec = {
  name: 'completion',
  synopsis: 'SHELL',
  summary: 'print what makes a shell complete rivulet',
  intro: 'Prints what makes a shell complete the words of rivulet: bash, zsh or fish.',
  operand: { placeholder: 'SHELL', completion: { kind: 'choices', choices: shells } },
  groups: [{ heading: 'Options', options: [helpOption] }],
  examples: [
    { line: 'source <(rivulet completion bash)', does: 'In ~/.bashrc.' },
    { line: 'source <(rivulet completion zsh)', does: 'In ~/.zshrc, after compinit.' },
    { line: 'rivulet completion fish | source', does: 'In ~/.config/fish/config.fish.' },
  ],
  manual: ['The words are those of this version: print them anew when it changes.'],
}
