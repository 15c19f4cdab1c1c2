import { visible } from './present/visible.ts'
import { refuseOwnRecord } from './record/refuse-own-record.ts'
import { interruptible } from './show/interruptible.ts'
import { TargetFile } from './timeline/target-file.ts'
import { drawTimeline } from './timeline/draw-timeline.ts'
import { readTimeline } from './timeline/read-timeline.ts'
import type { TimelineRequest } from './timeline-request.ts'

/**
 * Draws a saved run. Gives the exit code to end with: 0 when it was drawn whole, 1 when lines of it were broken or its end is
 * missing, 125 when it cannot be read or the drawing not be written, 128 and the number of the signal that ended us.
 */
export function timelineCommand(request: TimelineRequest): Promise<number> {
  return interruptible(async (screen, signal) => {
    if (request.out === undefined && request.format === 'html' && screen.isStdoutTerminal) {
      throw new Error('A page is nothing for a terminal: name a file after -o')
    }
    await refuseOwnRecord(request.path)
    const target = request.out === undefined ? undefined : await TargetFile.of(request.out, request.path)
    const { timeline, faults } = await readTimeline(request, signal)
    const told = faults.map((line) => `rivulet: ${visible(line)}\n`).join('')
    await screen.write([{ to: 'stderr', text: told }], false)
    if (timeline === undefined) return 1
    const pieces = await drawTimeline(request, timeline)
    if (target !== undefined) await target.write(pieces, signal)
    else {
      for (const text of pieces) {
        if (!(await screen.write([{ to: 'stdout', text }], false))) break
      }
    }
    return faults.length === 0 ? 0 : 1
  })
}
