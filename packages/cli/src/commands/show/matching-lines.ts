import { stripVTControlCharacters } from 'node:util'
import { LineSplitter } from 'rivulet'
import type { CommandEvent } from '../../command-event.ts'

type Output = CommandEvent & { type: 'output' }

/** A stream of a command, and the event that its unfinished line came with. */
interface Stream {
  splitter: LineSplitter
  last: Output
}

/**
 * Selects the lines that match, as text and each with its newline. A line comes with the event that ends it; an unfinished line
 * with the exit of its command. Colours in a line do not matter. A line above 1 MiB is matched in pieces.
 */
export class MatchingLines {
  readonly #pattern: RegExp
  /** By the names of the command and the stream. */
  readonly #streams = new Map<string, Stream>()

  constructor(pattern: RegExp) {
    this.#pattern = pattern
  }

  /** What to show when this event comes. Before the exit of a command come its unfinished lines. */
  select(event: CommandEvent): CommandEvent[] {
    if (event.type !== 'output') return [...this.#unfinishedOf(event), event]
    const stream = this.#streamOf(event)
    stream.last = event
    const { data, encoding } = event
    return this.#matching(event, stream.splitter.push(encoding === undefined ? data : Buffer.from(data, 'base64')))
  }

  /** No more events come. Gives the unfinished lines of the commands whose exit never came. */
  close(): CommandEvent[] {
    return [...this.#streams.keys()].flatMap((key) => this.#closeStream(key))
  }

  /** The unfinished lines of the command of this event; they are as late as the event. */
  #unfinishedOf(event: CommandEvent): CommandEvent[] {
    return (['stdout', 'stderr'] as const)
      .flatMap((stream) => this.#closeStream(keyOf(event.name, stream)))
      .map((line) => ({ ...line, t: event.t }))
  }

  #closeStream(key: string): Output[] {
    const stream = this.#streams.get(key)
    if (stream === undefined) return []
    this.#streams.delete(key)
    return this.#matching(stream.last, stream.splitter.end())
  }

  #streamOf(event: Output): Stream {
    const key = keyOf(event.name, event.stream)
    let stream = this.#streams.get(key)
    if (stream === undefined) {
      stream = { splitter: new LineSplitter(), last: event }
      this.#streams.set(key, stream)
    }
    return stream
  }

  #matching({ encoding: _, ...event }: Output, lines: string[]): Output[] {
    const matching = lines.filter((line) => this.#pattern.test(stripVTControlCharacters(line)))
    return matching.length === 0 ? [] : [{ ...event, data: matching.map((line) => `${line}\n`).join('') }]
  }
}

function keyOf(name: string | undefined, stream: string): string {
  return `${stream} ${name === undefined ? '' : `of ${name}`}`
}
