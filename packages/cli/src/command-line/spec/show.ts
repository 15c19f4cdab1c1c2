import type { CommandSpec } from '../command-spec.ts'
import { helpOption } from './help-option.ts'
import { showOptions } from './show-options.ts'
import { showingOptions } from './showing-options.ts'

const { only, name, grep, since, speed, follow } = showOptions

export const show: CommandSpec = {
  name: 'show',
  synopsis: '[options] FILE',
  summary: 'show a saved run again',
  intro: 'Shows a run again that was saved by rivulet run --save; - is stdin.',
  operand: { placeholder: 'FILE', completion: { kind: 'file' } },
  groups: [
    { heading: 'Which lines', options: [only, name, grep, since] },
    { heading: 'How', options: [speed, follow, ...Object.values(showingOptions), helpOption] },
  ],
  examples: [
    { line: "rivulet show --only stderr --grep 'warn|error' run.jsonl", does: 'Shows the lines of stderr that match.' },
    { line: 'rivulet show --follow --timestamps delta run.jsonl', does: 'Follows a run that is still being saved.' },
  ],
  manual: [
    'The file may be compressed by gzip. A last line that was torn by a crash is passed over. Other lines that are no events are told by their number, and the rest is shown.',
  ],
}
