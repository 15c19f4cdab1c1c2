import { visible } from '../text/visible.ts'
import { timelineTitle, summaryTexts } from './headings.ts'
import { pageHtml } from './html/page-html.ts'
import type { Timeline } from './read-timeline.ts'
import { svgPicture } from './svg/svg-picture.ts'

/** Draws a timeline: as a page where it has lines, else as a picture. Gives the file in pieces, in their order. */
export async function drawTimeline(
  { title }: { title: string | undefined },
  { summary, lines, notes }: Timeline,
): Promise<Iterable<string>> {
  const commands = summary.commands.map((command) => command.data())
  const heading = title === undefined ? timelineTitle(commands) : visible(title)
  if (lines === undefined) return [svgPicture(heading, summary)]
  const { startedAt, durationMs } = summary
  const { blocks, keptLines, omitted } = lines
  const data = { title: heading, startedAt: startedAt ?? 0, durationMs, commands, keptLines, omitted }
  // It is large, and a picture does without it.
  const { pageBundle } = await import('@rivulet/timeline-page/bundle')
  return pageHtml({ data, summary: summaryTexts(summary), notes, blocks }, pageBundle)
}
