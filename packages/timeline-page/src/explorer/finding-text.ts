import { countText, groupedText } from '../drawing/count-text.ts'
import { outcomeText } from '../drawing/outcome-text.ts'
import { durationText, elapsedText } from '../drawing/time-text.ts'
import type { Attempt } from '../format/page-data.ts'
import type { Finding } from '../chart/finding.ts'

/** A finding in a few words: what it is, and when it was. */
export function findingText(finding: Finding): { what: string; when: string } {
  switch (finding.kind) {
    case 'lines': {
      const { count, fromMs, toMs, ids } = finding
      const what =
        count > 1 ? `${countText(count, 'line')} in ${durationText(toMs - fromMs)}` : countText(count, 'line')
      return { what: ids.length === 0 ? `${what}, counted only` : what, when: elapsedText(fromMs, toMs - fromMs) }
    }
    case 'silence': {
      const { fromMs, toMs } = finding
      const stepMs = (toMs - fromMs) / 10
      return {
        what: `silent for ${durationText(toMs - fromMs)}`,
        when: `${elapsedText(fromMs, stepMs)} to ${elapsedText(toMs, stepMs)}`,
      }
    }
    case 'idle': {
      const { lastAttempt } = finding
      if (lastAttempt === undefined) return { what: 'not started yet', when: '' }
      return { what: `ended: ${endText(lastAttempt)}`, when: '' }
    }
  }
}

/** How and when a run ended. */
export function endText({ startMs, endMs, outcome }: Attempt): string {
  return `${outcomeText(outcome)} at ${elapsedText(endMs, 10)}, after ${durationText(endMs - startMs)}`
}

/** What follows the listed lines where there are more. */
export function moreText(count: number, shown: number): string | undefined {
  return count > shown ? `and ${groupedText(count - shown)} more` : undefined
}
