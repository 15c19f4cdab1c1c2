import type { CommandSpec } from '../../command-line/command-spec.ts'
import { helpOption } from '../../command-line/help-option.ts'
import type { Option } from '../../command-line/option.ts'
import { path, text } from '../../command-line/values.ts'

/** The options of `timeline`. */
export const timelineOptions = {
  out: {
    kind: 'valued',
    name: 'out',
    short: 'o',
    value: path('file'),
    summary: 'write to this file; stdout by default',
    detail: 'Write to this file. Without it, or with `-`, write to stdout.',
  },
  svg: {
    kind: 'switch',
    name: 'svg',
    summary: 'draw a still picture, as for a README',
    detail: 'Draw a still picture, in SVG, instead of a page in HTML. A file name that ends in `.svg` does the same.',
  },
  title: {
    kind: 'valued',
    name: 'title',
    value: text('TEXT', 'a text'),
    summary: 'the title; the commands by default',
    detail: 'The title. By default it names the commands.',
  },
} as const satisfies Record<string, Option>

const { out, svg, title } = timelineOptions

export const timeline: CommandSpec<'timeline'> = {
  name: 'timeline',
  synopsis: '[options] FILE',
  summary: 'draw a saved run over time, as a page or a picture',
  intro:
    'Draw when each command wrote to each stream, in one file that needs no network:\na page to explore, or a still picture. FILE is a run that was saved by rivulet\nrun --save; - is stdin.',
  operand: { placeholder: 'FILE', completion: { kind: 'file' } },
  groups: [{ heading: 'Options', options: [out, svg, title, helpOption] }],
  examples: [
    { line: 'rivulet timeline run.jsonl -o run.html', does: 'Make a page for the browser.' },
    { line: "rivulet timeline run.jsonl --title 'npm test' -o run.svg", does: 'Make a picture.' },
  ],
  manual: ['The page shows bursts and silences, and the lines under the pointer. It is one file and needs no network.'],
}
