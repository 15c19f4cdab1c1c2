import { countText, durationText, elapsedText, type CommandData } from '@rivulet/timeline-page'
import type { RecordSummary } from './scan/record-scan.ts'

const longestNames = 60

/** What a timeline is called if nobody gave it a title: its command, or the names of its commands. */
export function timelineTitle(commands: readonly CommandData[]): string {
  const [first] = commands
  if (first === undefined) return 'Nothing recorded'
  if (commands.length === 1) return first.command === '' ? first.name : first.command
  const names = commands.map(({ name }) => name)
  let shown = names.length
  while (shown > 1 && names.slice(0, shown).join(', ').length > longestNames) shown--
  const more = names.length - shown
  return `${names.slice(0, shown).join(', ')}${more === 0 ? '' : ` and ${countText(more, 'more command')}`}`
}

/** What stands below the title: the record in a few numbers. */
export function summaryTexts({ commands, durationMs, longestSilence }: RecordSummary): string[] {
  const sum = (of: (command: CommandData) => number): number =>
    commands.reduce((total, command) => total + of(command.data()), 0)
  const starts = sum(({ attempts, omittedAttempts }) => attempts.length + omittedAttempts)
  const lines = sum(({ stdout, stderr }) => stdout.lines + stderr.lines)
  return [
    ...(commands.length === 1 ? [] : [countText(commands.length, 'command')]),
    ...(starts > commands.length ? [countText(starts, 'start')] : []),
    countText(lines, 'line'),
    durationText(durationMs),
    ...(longestSilence === undefined || longestSilence.toMs - longestSilence.fromMs < 1000
      ? []
      : [`longest silence ${silenceText(longestSilence.fromMs, longestSilence.toMs)}`]),
  ]
}

function silenceText(fromMs: number, toMs: number): string {
  return `${durationText(toMs - fromMs)}, from ${elapsedText(fromMs, (toMs - fromMs) / 10)}`
}
