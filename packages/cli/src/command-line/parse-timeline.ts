import type { TimelineRequest } from '../timeline-request.ts'
import { onlyOperand } from './only-operand.ts'
import type { ParsedOptions } from './parse-options.ts'
import { timelineOptions } from './spec/timeline-options.ts'
import { timeline } from './spec/timeline.ts'

/** What `rivulet timeline` is to do. Throws a `Refusal`. */
export function parseTimeline({ given, operands }: ParsedOptions): TimelineRequest {
  const out = given.last(timelineOptions.out)
  const isSvg = given.has(timelineOptions.svg) ? given.isOn(timelineOptions.svg) : /\.svg$/i.test(out ?? '')
  return {
    path: onlyOperand(timeline, operands),
    out: out === '-' ? undefined : out,
    format: isSvg ? 'svg' : 'html',
    title: given.last(timelineOptions.title),
  }
}
