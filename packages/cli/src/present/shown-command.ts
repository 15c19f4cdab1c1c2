import type { Marked } from './marks.ts'
import { ShownStream, type StreamShowing } from './shown-stream.ts'

/** What a command is shown with. */
export interface CommandShowing {
  stdout: StreamShowing
  stderr: StreamShowing
}

/** A command while it runs: its two streams, and what we say of it. */
export class ShownCommand {
  readonly #stdout: ShownStream
  readonly #stderr: ShownStream
  readonly #said: ShownStream

  constructor(marked: Omit<Marked, 'stream'>, { stdout, stderr }: CommandShowing) {
    this.#stdout = new ShownStream({ ...marked, stream: 'stdout' }, stdout)
    this.#stderr = new ShownStream({ ...marked, stream: 'stderr' }, stderr)
    this.#said = new ShownStream({ ...marked, stream: undefined }, stderr)
  }

  /** Shows what it printed. */
  push(stream: 'stdout' | 'stderr', data: string, t: number): void {
    if (stream === 'stdout') this.#stdout.push(data, t)
    else this.#stderr.push(data, t)
  }

  /** Says something of it, on stderr. */
  say(text: string, t: number): void {
    this.#said.push(`${text}\n`, t)
  }

  /** Nothing more comes of it: ends its lines. */
  end(): void {
    this.#stdout.end()
    this.#stderr.end()
  }
}
