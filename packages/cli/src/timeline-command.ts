import { ownFailure } from './exit-code.ts'
import { visible } from './present/visible.ts'
import { Screen } from './screen/screen.ts'
import { Interruption } from './show/interruption.ts'
import { TargetFile } from './timeline/target-file.ts'
import { drawnTimeline } from './timeline/drawn-timeline.ts'
import { readTimeline } from './timeline/read-timeline.ts'
import type { TimelineRequest } from './timeline-request.ts'

/**
 * Draws a saved run. Gives the exit code to end with: 0 when it was drawn whole, 1 when lines of it were broken or its end is
 * missing, 125 when it cannot be read or the drawing not be written, 128 and the number of the signal that ended us.
 */
export async function timelineCommand(request: TimelineRequest): Promise<number> {
  using interruption = new Interruption()
  const screen = new Screen()
  interruption.signal.addEventListener('abort', () => screen.isStdoutTerminal || screen.abandon())
  const tell = (lines: readonly string[]): Promise<boolean> =>
    screen.write([{ to: 'stderr', text: lines.map((line) => `rivulet: ${visible(line)}\n`).join('') }], false)
  try {
    if (request.out === undefined && request.format === 'html' && screen.isStdoutTerminal) {
      throw new Error('A page is nothing for a terminal: name a file after -o')
    }
    const target = request.out === undefined ? undefined : await TargetFile.of(request.out, request.path)
    const { timeline, faults } = await readTimeline(request, interruption.signal)
    await tell(faults)
    if (timeline === undefined) return 1
    const pieces = await drawnTimeline(request, timeline)
    if (target !== undefined) await target.write(pieces)
    else for (const text of pieces) if (!(await screen.write([{ to: 'stdout', text }], false))) return 0
    await screen.close()
    return faults.length === 0 ? 0 : 1
  } catch (error) {
    if (interruption.exitCode !== undefined) return interruption.exitCode
    process.stderr.write(`rivulet: ${visible(error instanceof Error ? error.message : String(error))}\n`)
    return ownFailure
  }
}
