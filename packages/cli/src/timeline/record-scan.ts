import { basename } from 'node:path'
import type { CommandEvent } from '../command-event.ts'
import { CommandScan } from './command-scan.ts'
import { nameText } from './command-text.ts'
import { LineAssembler } from './line-assembler.ts'
import { LongestSilences } from './longest-silences.ts'
import type { Silence } from './page-data.ts'
import type { TimelineLimits } from './timeline-limits.ts'
import type { TimelineLine } from './timeline-line.ts'

/** What a record says, but for its lines. */
export interface RecordSummary {
  /** Milliseconds since the epoch; `null` where the record is empty. */
  startedAt: number | null
  durationMs: number
  commands: readonly CommandScan[]
  /** The longest time in which something ran and nothing came of any. */
  longestSilence: Silence | undefined
}

const escape = '\u001b'
const toLineStart = new RegExp(`${escape}\\[[01]?G`, 'g')

type Output = Extract<CommandEvent, { type: 'output' }>

/** Reads the events of a record, in their order, into lines that it gives on and a summary that stays small. */
export class RecordScan {
  readonly #limits: TimelineLimits
  readonly #lines: LineAssembler
  readonly #commands: CommandScan[] = []
  readonly #indexes = new Map<string | undefined, number>()
  readonly #silences = new LongestSilences(1)
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #attempts = 0
  #running = 0
  #startedAt: number | null = null
  #ms = 0
  /** When the last thing came of whichever command. */
  #lastMs = 0

  constructor(limits: TimelineLimits, give: (line: TimelineLine) => void) {
    this.#limits = limits
    this.#lines = new LineAssembler(limits.maxLineChars, (line) => {
      this.#commands[line.lane >> 1]?.line(line.ms, line.lane % 2 === 0 ? 'stdout' : 'stderr', line.isContinued)
      give(line)
    })
  }

  push(event: CommandEvent): void {
    this.#startedAt ??= event.t
    // Commands of several machines, or a clock that was set back: the record's order stands.
    this.#ms = Math.max(this.#ms, Math.round(event.t - this.#startedAt))
    const index = this.#indexOf(event)
    const command = this.#commands[index]
    if (command === undefined) return
    const isKept = this.#attempts < this.#limits.maxAttempts
    const before = { attempts: command.attempts.length, isRunning: command.isRunning }
    if (event.type === 'output') this.#output(event, index, command, isKept)
    else {
      this.#lines.reset(2 * index)
      this.#lines.reset(2 * index + 1)
      if (event.type === 'start') {
        if (this.#running === 0) this.#lastMs = this.#ms
        command.start(this.#ms, event.command, isKept)
      } else {
        const { code, signal, reason } = event
        if (this.#running === 1 && command.isRunning) this.#silences.add(this.#lastMs, this.#ms)
        command.exit(this.#ms, { code, signal, reason }, isKept)
      }
    }
    this.#attempts += command.attempts.length - before.attempts
    this.#running += Number(command.isRunning) - Number(before.isRunning)
  }

  end(): RecordSummary {
    this.#lines.flush()
    if (this.#running > 0) this.#silences.add(this.#lastMs, this.#ms)
    for (const command of this.#commands) command.end(this.#ms)
    return {
      startedAt: this.#startedAt,
      durationMs: this.#ms,
      commands: this.#commands,
      longestSilence: this.#silences.kept[0],
    }
  }

  #output({ stream, data, encoding }: Output, index: number, command: CommandScan, isKept: boolean): void {
    const bytes = encoding === undefined ? undefined : Buffer.from(data, 'base64')
    if (this.#running > 0) this.#silences.add(this.#lastMs, this.#ms)
    this.#lastMs = this.#ms
    command.output(this.#ms, stream, bytes?.length ?? Buffer.byteLength(data), isKept)
    const text = bytes === undefined ? data : this.#decoder.decode(bytes)
    // Progress bars go to the start of the line in one of two ways.
    const lines = text.includes(escape) ? text.replaceAll(toLineStart, '\r') : text
    this.#lines.push(2 * index + (stream === 'stdout' ? 0 : 1), this.#ms, lines)
  }

  #indexOf(event: CommandEvent): number {
    const known = this.#indexes.get(event.name)
    if (known !== undefined) return known
    const last = this.#limits.maxCommands - 1
    if (this.#commands.length > last) return last
    const index = this.#commands.length
    this.#commands.push(new CommandScan(index === last ? 'others' : nameOf(event)))
    // The last row is that of all others, so that it is nobody's own.
    if (index < last) this.#indexes.set(event.name, index)
    return index
  }
}

function nameOf(event: CommandEvent): string {
  const [file] = event.type === 'start' ? event.command : []
  return nameText(event.name ?? (file === undefined ? 'run' : basename(file)))
}
