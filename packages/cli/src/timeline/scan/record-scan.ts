import { basename } from 'node:path'
import type { Silence } from '@rivulet/timeline-page'
import type { CommandEvent } from '../../command-event.ts'
import type { TimelineLimits } from '../timeline-limits.ts'
import { CommandScan } from './command-scan.ts'
import { LineAssembler, type TimelineLine } from './line-assembler.ts'
import { LongestSilences } from './longest-silences.ts'
import { readableName } from './readable-text.ts'

/** What a record says, without its lines. */
export interface RecordSummary {
  /** Milliseconds since the epoch; `null` where the record is empty. */
  startedAt: number | null
  durationMs: number
  commands: readonly CommandScan[]
  /** The longest time in which any command ran and none wrote anything. */
  longestSilence: Silence | undefined
}

const escape = '\u001b'
/** Some progress bars return to the start of the line by these sequences instead of a `\r`. */
const toLineStart = new RegExp(`${escape}\\[[01]?G`, 'g')

type Output = Extract<CommandEvent, { type: 'output' }>

/** Takes the events of a record in their order. Gives its lines as they are complete, and in the end a summary of bounded size. */
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
  /** When the last event of a running command came. */
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
    // Where times go back, as between machines or when a clock was set, the order of the record counts.
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

  /** There are no more events. */
  close(): RecordSummary {
    this.#lines.flush()
    if (this.#running > 0) this.#silences.add(this.#lastMs, this.#ms)
    for (const command of this.#commands) command.close(this.#ms)
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
    // All further names share the last row, so that it is in the index of none.
    if (index < last) this.#indexes.set(event.name, index)
    return index
  }
}

function nameOf(event: CommandEvent): string {
  const [file] = event.type === 'start' ? event.command : []
  return readableName(event.name ?? (file === undefined ? 'run' : basename(file)))
}
