import { countText } from './drawing/count-text.ts'
import type { CommandData, Unkept } from './page-data.ts'

/** What may be missing of a record, or of the page. */
export interface Missing {
  brokenLines: number
  gapCount: number
  hasTornEnd: boolean
  isDamaged: boolean
  unkept: Unkept | undefined
  commands: readonly CommandData[]
}

/** What is missing, for whoever looks at the page and did not see what was said when it was made. */
export function pageNotes({ brokenLines, gapCount, hasTornEnd, isDamaged, unkept, commands }: Missing): string[] {
  const notes: string[] = []
  if (brokenLines > 0) notes.push(`${countText(brokenLines, 'line')} of the record could not be read.`)
  else if (gapCount > 0) notes.push(`Events of the record are missing, at ${countText(gapCount, 'place')}.`)
  if (isDamaged) notes.push('The record is damaged: what comes after the damage is not shown.')
  else if (hasTornEnd) notes.push('The last line of the record is cut.')
  if (unkept !== undefined && unkept.lines > 0) {
    const last = countText(unkept.lines, 'line')
    notes.push(`The record is longer than a page holds. Counted only, and not to be read here: its last ${last}.`)
  }
  const omitted = commands.reduce((sum, { omittedAttempts }) => sum + omittedAttempts, 0)
  if (omitted > 0) notes.push(`Counted only, and not drawn: ${countText(omitted, 'more start')}.`)
  return notes
}
