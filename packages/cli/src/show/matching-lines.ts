import { stripVTControlCharacters } from 'node:util'
import { LineSplitter } from 'rivulet'
import type { ShownEvent } from '../shown-event.ts'

type Output = ShownEvent & { type: 'output' }

/** A stream of a command, and where its unfinished line came from. */
interface Stream {
  splitter: LineSplitter
  last: Output
}

/**
 * Lets through the lines that match, as text and each with its newline. A line comes with the event that ends it; what has
 * no newline, when its command ends. Colours in a line are no obstacle. A line above 1 MiB is looked at in pieces.
 */
export class MatchingLines {
  readonly #pattern: RegExp
  /** By the name of the command and that of the stream. */
  readonly #streams = new Map<string, Stream>()

  constructor(pattern: RegExp) {
    this.#pattern = pattern
  }

  /** What is to be shown of this event, or when it comes: the lines of its command come before its end. */
  pass(event: ShownEvent): ShownEvent[] {
    if (event.type !== 'output') return [...this.#endOf(event), event]
    const stream = this.#streamOf(event)
    stream.last = event
    const { data, encoding } = event
    return this.#matching(event, stream.splitter.push(encoding === undefined ? data : Buffer.from(data, 'base64')))
  }

  /** The unfinished lines of the commands whose end never came. */
  end(): ShownEvent[] {
    return [...this.#streams.keys()].flatMap((key) => this.#take(key))
  }

  /** The unfinished lines of the command of this event; they are as late as it is. */
  #endOf(event: ShownEvent): ShownEvent[] {
    return (['stdout', 'stderr'] as const)
      .flatMap((stream) => this.#take(keyOf(event.name, stream)))
      .map((line) => ({ ...line, t: event.t }))
  }

  #take(key: string): Output[] {
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
