import { exitNote } from '../present/exit-note.ts'
import { textWithin } from '../present/text-width.ts'
import { visible } from '../present/visible.ts'
import type { ShownEvent } from '../shown-event.ts'

/** What a status line is made for. */
export interface StatusMoment {
  /** Milliseconds since the start. */
  elapsedMs: number
  /** How many commands have begun and are not over. */
  running: number
  /** The width of the terminal, in characters. */
  columns: number
}

/** What is said of a run while it goes on, in one line: it counts, and looks at no clock. */
export class StatusLine {
  /** Of commands. */
  readonly #total: number
  readonly #lines = { stdout: 0, stderr: 0 }
  #lastExit = ''
  #lastLines = 0
  #lastMs = 0

  constructor(total: number) {
    this.#total = total
  }

  see(event: ShownEvent): void {
    if (event.type === 'output') {
      const text = event.encoding === undefined ? event.data : Buffer.from(event.data, 'base64').toString('latin1')
      this.#lines[event.stream] += countNewlines(text)
    } else if (event.type === 'exit') {
      const how = exitNote(event) ?? 'exited with code 0'
      this.#lastExit = event.name === undefined ? how : `${visible(event.name)} ${how}`
    }
  }

  /** The line for this moment. The rate is that since the last time that it was asked for. */
  text({ elapsedMs, running, columns }: StatusMoment): string {
    const { stdout, stderr } = this.#lines
    const perSecond = Math.round(((stdout + stderr - this.#lastLines) * 1000) / Math.max(1, elapsedMs - this.#lastMs))
    this.#lastLines = stdout + stderr
    this.#lastMs = elapsedMs
    const parts = [`rivulet ${duration(elapsedMs)}`, `out ${stdout}`, `err ${stderr}`, `${perSecond} lines/s`]
    if (this.#total > 1) parts.push(`${running}/${this.#total} running`)
    if (this.#lastExit !== '') parts.push(this.#lastExit)
    // In the last column of some terminals the cursor would go on to the next line.
    return textWithin(parts.join('  '), columns - 1)
  }
}

function countNewlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** As `0:07`, `12:34`, `1:02:03`. */
function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const rest = String(seconds % 60).padStart(2, '0')
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes).padStart(2, '0')}:${rest}`
}
