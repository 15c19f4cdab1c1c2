import type { CommandSpec } from '../command-spec.ts'
import { helpOption } from './help-option.ts'
import { timelineOptions } from './timeline-options.ts'

const { out, svg, title } = timelineOptions

export const timeline: CommandSpec = {
  name: 'timeline',
  synopsis: '[options] FILE',
  summary: 'draw what came when, as a page or a picture',
  intro:
    'Draws when what came on which stream of which command, in one file that needs\nno network: a page to move about in, or a still picture. FILE is a run that was\nsaved by rivulet run --save; - is stdin.',
  operand: { placeholder: 'FILE', completion: { kind: 'file' } },
  groups: [{ heading: 'Options', options: [out, svg, title, helpOption] }],
  examples: [
    { line: 'rivulet timeline run.jsonl -o run.html', does: 'Makes a page to look at in a browser.' },
    { line: "rivulet timeline run.jsonl --title 'npm test' -o run.svg", does: 'Makes a picture.' },
  ],
  manual: ['The page shows bursts and silences, and the lines under the pointer. It is one file and asks no network.'],
}
