import { refuseOwnRecord } from '../../record/refuse-own-record.ts'
import { interruptible } from '../../screen/interruptible.ts'
import { ownMessage } from '../../text/own-message.ts'
import { drawTimeline } from '../../timeline/draw-timeline.ts'
import { readTimeline } from '../../timeline/read-timeline.ts'
import { TargetFile } from '../../timeline/target-file.ts'
import type { TimelineRequest } from './request.ts'

/**
 * Draws a saved run. Gives the exit code: 0 if all of it was drawn, 1 if it has broken lines or its end is missing, 125 if it
 * cannot be read or the drawing cannot be written, 128 plus the number of the signal that ended us.
 */
export function perform(request: TimelineRequest): Promise<number> {
  return interruptible(async (screen, signal) => {
    if (request.out === undefined && request.format === 'html' && screen.isStdoutTerminal) {
      throw new Error('A page cannot be shown on a terminal: name a file after -o')
    }
    await refuseOwnRecord(request.path)
    const target = request.out === undefined ? undefined : await TargetFile.of(request.out, request.path)
    const { timeline, faults } = await readTimeline(request, signal)
    const messages = faults.map((line) => `${ownMessage(line)}\n`).join('')
    await screen.write([{ to: 'stderr', text: messages }], false)
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
