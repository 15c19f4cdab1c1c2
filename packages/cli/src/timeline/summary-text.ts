import { countText } from './drawing/count-text.ts'
import { durationText, elapsedText } from './drawing/time-text.ts'
import type { CommandData } from './page-data.ts'
import type { RecordSummary } from './record-scan.ts'

/** What stands below the title: the record in a few numbers. */
export function summaryTexts({ commands, durationMs, longestSilence }: RecordSummary): string[] {
  const sum = (of: (command: CommandData) => number): number =>
    commands.reduce((total, command) => total + of(command.data()), 0)
  const starts = sum(({ attempts, omittedAttempts }) => attempts.length + omittedAttempts)
  return [
    ...(commands.length === 1 ? [] : [countText(commands.length, 'command')]),
    ...(starts > commands.length ? [countText(starts, 'start')] : []),
    countText(
      sum(({ stdout, stderr }) => stdout.lines + stderr.lines),
      'line',
    ),
    durationText(durationMs),
    ...(longestSilence === undefined || longestSilence.toMs - longestSilence.fromMs < 1000
      ? []
      : [`longest silence ${silenceText(longestSilence.fromMs, longestSilence.toMs)}`]),
  ]
}

function silenceText(fromMs: number, toMs: number): string {
  return `${durationText(toMs - fromMs)}, from ${elapsedText(fromMs, (toMs - fromMs) / 10)}`
}
