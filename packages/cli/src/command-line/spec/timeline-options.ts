import type { Option } from '../option.ts'
import { path } from '../values/path.ts'
import { text } from '../values/text.ts'

/** What `timeline` has. */
export const timelineOptions = {
  out: {
    kind: 'valued',
    name: 'out',
    short: 'o',
    value: path('file'),
    summary: 'where to write it; stdout by default',
    detail: 'Where to write. Without it, and with `-`, it goes to stdout.',
  },
  svg: {
    kind: 'switch',
    name: 'svg',
    summary: 'a still picture, as for a README',
    detail:
      'Makes a picture in SVG, which is still, instead of a page in HTML. So does a name after `-o` that ends in `.svg`.',
  },
  title: {
    kind: 'valued',
    name: 'title',
    value: text('TEXT', 'a text'),
    summary: 'what stands above it; the commands by default',
    detail: 'What stands above it. By default that is the commands.',
  },
} as const satisfies Record<string, Option>
