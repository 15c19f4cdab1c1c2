import type { CommandSpec } from '../command-spec.ts'
import { completion } from './completion.ts'
import { helpOption } from './help-option.ts'
import { run } from './run.ts'
import { show } from './show.ts'
import { timeline } from './timeline.ts'

export const help: CommandSpec = {
  name: 'help',
  synopsis: '[COMMAND]',
  summary: 'tell how a command is used',
  intro: 'Tells how rivulet, or one of its commands, is used.',
  operand: {
    placeholder: 'COMMAND',
    completion: { kind: 'choices', choices: [...[run, show, timeline, completion].map(({ name }) => name), 'help'] },
  },
  groups: [{ heading: 'Options', options: [helpOption] }],
  examples: [{ line: 'rivulet help run', does: 'The same as rivulet run --help.' }],
  manual: [],
}
