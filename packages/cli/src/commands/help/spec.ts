import type { CommandSpec } from '../../command-line/command-spec.ts'
import { helpOption } from '../../command-line/help-option.ts'

/** The help of these commands, and of itself. */
export function help(commands: readonly CommandSpec[]): CommandSpec<'help'> {
  return {
    name: 'help',
    synopsis: '[COMMAND]',
    summary: 'show how to use a command',
    intro: 'Show how to use rivulet, or one of its commands.',
    operand: {
      placeholder: 'COMMAND',
      completion: { kind: 'choices', choices: [...commands.map(({ name }) => name), 'help'] },
    },
    groups: [{ heading: 'Options', options: [helpOption] }],
    examples: [{ line: 'rivulet help run', does: 'The same as rivulet run --help.' }],
    manual: [],
  }
}
