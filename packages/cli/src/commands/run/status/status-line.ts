import type { CommandEvent } from '../../../command-event.ts'
import { exitNote } from '../../../present/exit-note.ts'
import { textWithin } from '../../../present/text-width.ts'
import { shortClockTime } from '../../../text/clock-time.ts'
import { visible } from '../../../text/visible.ts'

/** The moment that a status line is made for. */
interface StatusMoment {
  /** Milliseconds since the start. */
  elapsedMs: number
  /** How many commands have begun and are not over. */
  running: number
  /** The width of the terminal, in characters. */
  columns: number
}

/** How a run is going, in one line: it counts, and looks at no clock. */
export class StatusLine {
  readonly #commandCount: number
  readonly #lines = { stdout: 0, stderr: 0 }
  #lastExit = ''
  #lastLines = 0
  #lastMs = 0

  constructor(commandCount: number) {
    this.#commandCount = commandCount
  }

  see(event: CommandEvent): void {
    if (event.type === 'output') {
      const text = event.encoding === undefined ? event.data : Buffer.from(event.data, 'base64').toString('latin1')
      this.#lines[event.stream] += countNewlines(text)
    } else if (event.type === 'exit') {
      const how = exitNote(event) ?? 'exited with code 0'
      this.#lastExit = event.name === undefined ? how : `${visible(event.name)} ${how}`
    }
  }

  /** The line for this moment. The rate is that since the line was asked for last. */
  text({ elapsedMs, running, columns }: StatusMoment): string {
    const { stdout, stderr } = this.#lines
    const perSecond = Math.round(((stdout + stderr - this.#lastLines) * 1000) / Math.max(1, elapsedMs - this.#lastMs))
    this.#lastLines = stdout + stderr
    this.#lastMs = elapsedMs
    const parts = [`rivulet ${shortClockTime(elapsedMs)}`, `out ${stdout}`, `err ${stderr}`, `${perSecond} lines/s`]
    if (this.#commandCount > 1) parts.push(`${running}/${this.#commandCount} running`)
    if (this.#lastExit !== '') parts.push(this.#lastExit)
    // On some terminals the cursor would go from the last column to the next line.
    return textWithin(parts.join('  '), columns - 1)
  }
}

function countNewlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}
