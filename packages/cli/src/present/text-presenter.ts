import { basename } from 'node:path'
import type { CommandEvent } from '../command-event.ts'
import { passingEscapes, understoodEscapes } from './escapes.ts'
import { exitNote } from './exit-note.ts'
import { Marks, type LineSource } from './marks.ts'
import { placeOf } from './place.ts'
import type { Piece, Presenter } from './presenter.ts'
import type { PresenterStyle } from './presenter-style.ts'
import { CurrentLine, StreamPresenter, type StreamStyle } from './stream-presenter.ts'

type StreamName = 'stdout' | 'stderr'

/**
 * Events as lines, each behind its mark: the formats `text` and `plain`.
 *
 * Nothing is shown of starts and of successful ends. Any other end is a line on stderr, unless the command has no name and its
 * end is not to be noted. It is not for the presenter to say that an end is missing.
 */
export class TextPresenter implements Presenter {
  #pieces: Piece[] = []
  readonly #marks: Marks
  readonly #lines: Record<StreamName, CurrentLine>
  readonly #styles: Record<StreamName, StreamStyle>
  readonly #isExitNoted: boolean
  /** The commands that have begun and not ended, by their names. */
  readonly #running = new Map<string | undefined, Command>()

  constructor(style: PresenterStyle) {
    this.#isExitNoted = style.isExitNoted === true
    this.#marks = new Marks(style)
    const write = (to: Piece['to'], text: string): void => void this.#pieces.push({ to, text })
    const stdoutLine = new CurrentLine(write)
    const stderrLine = style.isShared ? stdoutLine : new CurrentLine(write)
    this.#lines = { stdout: stdoutLine, stderr: stderrLine }
    const isPassing = style.ansi === 'pass' && style.format === 'text'
    const escapes = isPassing ? passingEscapes : understoodEscapes
    const both = { marks: this.#marks, escapes, isWrittenOut: !isPassing }
    const styleOf = (stream: StreamName): StreamStyle => {
      const place = placeOf(stream, style)
      return { ...both, place, line: this.#lines[place.to] }
    }
    this.#styles = { stdout: styleOf('stdout'), stderr: styleOf('stderr') }
  }

  get isLineOpen(): boolean {
    return this.#lines.stdout.isOpen || this.#lines.stderr.isOpen
  }

  show(event: CommandEvent): Piece[] {
    const { type, name, t } = event
    this.#marks.begin(t)
    if (type === 'start') this.#start(event)
    else if (type === 'output') this.#commandOf(name).streamOf(event.stream).push(textOf(event), t)
    else this.#exit(event)
    return this.#takePieces()
  }

  note(line: string): Piece[] {
    this.#lines.stderr.close()
    this.#pieces.push({ to: 'stderr', text: `${line}\n` })
    return this.#takePieces()
  }

  close(): Piece[] {
    for (const command of this.#running.values()) command.close()
    this.#running.clear()
    return this.#takePieces()
  }

  #takePieces(): Piece[] {
    const pieces = this.#pieces
    this.#pieces = []
    return pieces
  }

  #start({ name, command: [file = ''], pid }: CommandEvent & { type: 'start' }): void {
    // The one before it has no end if that was lost.
    this.#running.get(name)?.close()
    this.#running.set(name, new Command({ name, program: basename(file), pid }, this.#styles))
  }

  #exit(exit: CommandEvent & { type: 'exit' }): void {
    const command = this.#commandOf(exit.name)
    command.close()
    const note = exit.name === undefined && !this.#isExitNoted ? undefined : exitNote(exit)
    if (note !== undefined) command.note(note, exit.t)
    this.#running.delete(exit.name)
  }

  /** The command with that name. It has no start if the record has lost its beginning. */
  #commandOf(name: string | undefined): Command {
    const running = this.#running.get(name)
    if (running !== undefined) return running
    const command = new Command({ name, program: '', pid: undefined }, this.#styles)
    this.#running.set(name, command)
    return command
  }
}

/** A command while it runs: its streams, and what we say of it. They are made when there is something to show. */
class Command {
  readonly #source: Omit<LineSource, 'stream'>
  readonly #styles: Record<StreamName, StreamStyle>
  #stdout: StreamPresenter | undefined
  #stderr: StreamPresenter | undefined

  constructor(source: Omit<LineSource, 'stream'>, styles: Record<StreamName, StreamStyle>) {
    this.#source = source
    this.#styles = styles
  }

  streamOf(stream: StreamName): StreamPresenter {
    if (stream === 'stdout') return (this.#stdout ??= this.#open('stdout', 'stdout'))
    return (this.#stderr ??= this.#open('stderr', 'stderr'))
  }

  /** Says something of it, on stderr. */
  note(text: string, t: number): void {
    this.#open(undefined, 'stderr').push(`${text}\n`, t)
  }

  /** Closes its lines. */
  close(): void {
    this.#stdout?.close()
    this.#stderr?.close()
  }

  #open(stream: LineSource['stream'], like: StreamName): StreamPresenter {
    return new StreamPresenter({ ...this.#source, stream }, this.#styles[like])
  }
}

/** What was printed, as text; bytes that are not UTF-8 as U+FFFD. */
function textOf({ data, encoding }: CommandEvent & { type: 'output' }): string {
  return encoding === undefined ? data : Buffer.from(data, 'base64').toString()
}
