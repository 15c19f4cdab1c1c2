import { onlyOperand } from '../../command-line/only-operand.ts'
import type { ParsedOptions } from '../../command-line/parse-options.ts'
import type { TimelineRequest } from './request.ts'
import { timeline, timelineOptions } from './spec.ts'

/** What `rivulet timeline` is to do. Throws a `UsageError`. */
export function parseTimeline({ values, operands }: ParsedOptions): TimelineRequest {
  const out = values.last(timelineOptions.out)
  const isSvg = values.has(timelineOptions.svg) ? values.isOn(timelineOptions.svg) : /\.svg$/i.test(out ?? '')
  return {
    path: onlyOperand(timeline, operands),
    out: out === '-' ? undefined : out,
    format: isSvg ? 'svg' : 'html',
    title: values.last(timelineOptions.title),
  }
}
