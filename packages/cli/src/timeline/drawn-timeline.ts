import { visible } from '../text/visible.ts'
import type { TimelineRequest } from '../commands/timeline/request.ts'
import { pageHtml } from './page-html.ts'
import type { Timeline } from './read-timeline.ts'
import { summaryTexts } from './summary-text.ts'
import { svgPicture } from './svg/svg-picture.ts'
import { timelineTitle } from './timeline-title.ts'

/** What a timeline is written as, piece by piece. */
export async function drawnTimeline(
  request: Pick<TimelineRequest, 'title'>,
  { summary, lines, notes }: Timeline,
): Promise<Iterable<string>> {
  const commands = summary.commands.map((command) => command.data())
  const title = request.title === undefined ? timelineTitle(commands) : visible(request.title)
  if (lines === undefined) return [svgPicture(title, summary)]
  const { startedAt, durationMs } = summary
  const { blocks, keptLines, unkept } = lines
  const data = { title, startedAt: startedAt ?? 0, durationMs, commands, keptLines, unkept }
  // Made when the package is built.
  const bundle = await import('./page-bundle.js')
  return pageHtml({ data, summary: summaryTexts(summary), notes, blocks }, bundle)
}
