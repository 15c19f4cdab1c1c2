import type { Marked } from './marks.ts'
import { ShownStream, type StreamShowing } from './shown-stream.ts'

/** What a command is shown with. */
export interface CommandShowing {
  stdout: StreamShowing
  stderr: StreamShowing
}

/** A command while it runs: its two streams, and what we say of it. They are made when there is something to show. */
export class ShownCommand {
  readonly #marked: Omit<Marked, 'stream'>
  readonly #showing: CommandShowing
  #stdout: ShownStream | undefined
  #stderr: ShownStream | undefined

  constructor(marked: Omit<Marked, 'stream'>, showing: CommandShowing) {
    this.#marked = marked
    this.#showing = showing
  }

  /** Shows what it printed. */
  push(stream: 'stdout' | 'stderr', data: string, t: number): void {
    if (stream === 'stdout') (this.#stdout ??= this.#streamOf('stdout', 'stdout')).push(data, t)
    else (this.#stderr ??= this.#streamOf('stderr', 'stderr')).push(data, t)
  }

  /** Says something of it, on stderr. */
  say(text: string, t: number): void {
    this.#streamOf(undefined, 'stderr').push(`${text}\n`, t)
  }

  /** Nothing more comes of it: ends its lines. */
  end(): void {
    this.#stdout?.end()
    this.#stderr?.end()
  }

  #streamOf(stream: Marked['stream'], where: keyof CommandShowing): ShownStream {
    return new ShownStream({ ...this.#marked, stream }, this.#showing[where])
  }
}
