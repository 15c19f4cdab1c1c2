export { barHeightPx } from './drawing/bar-height.ts'
export { countText, groupedText } from './drawing/count-text.ts'
export { niceDurationMs } from './drawing/nice-duration.ts'
export { isFailure, outcomeText } from './drawing/outcome-text.ts'
export { placeLabels, type Label } from './drawing/place-labels.ts'
export { durationText, elapsedText } from './drawing/time-text.ts'
export { writeLineIndex, type IndexedLine } from './format/line-index.ts'
export type {
  Attempt,
  CommandData,
  OmittedLines,
  Outcome,
  PageData,
  Silence,
  StreamTotals,
} from './format/page-data.ts'
