import { countText, type CommandData, type OmittedLines } from '@rivulet/timeline-page'

/** What may be missing from a record or from its page. */
export interface Missing {
  brokenLines: number
  gapCount: number
  hasTornEnd: boolean
  isDamaged: boolean
  omitted: OmittedLines | undefined
  commands: readonly CommandData[]
}

/** What is missing, for readers of the page who did not see the messages when it was made. */
export function pageNotes({ brokenLines, gapCount, hasTornEnd, isDamaged, omitted, commands }: Missing): string[] {
  const notes: string[] = []
  if (brokenLines > 0) notes.push(`${countText(brokenLines, 'line')} of the record could not be read.`)
  else if (gapCount > 0) notes.push(`Events of the record are missing, at ${countText(gapCount, 'place')}.`)
  if (isDamaged) notes.push('The record is damaged: what comes after the damage is not shown.')
  else if (hasTornEnd) notes.push('The last line of the record is cut short.')
  if (omitted !== undefined && omitted.lines > 0) {
    const last = countText(omitted.lines, 'line')
    notes.push(`The record is longer than a page can hold. Counted, but not readable here: its last ${last}.`)
  }
  const omittedStarts = commands.reduce((sum, { omittedAttempts }) => sum + omittedAttempts, 0)
  if (omittedStarts > 0) notes.push(`Counted, but not drawn: ${countText(omittedStarts, 'more start')}.`)
  return notes
}
