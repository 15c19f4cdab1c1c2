import { basename } from 'node:path'
import type { ShownEvent } from '../shown-event.ts'
import { CurrentLine } from './current-line.ts'
import { passingEscapes, understoodEscapes } from './escapes.ts'
import { exitNote } from './exit-note.ts'
import { Marks } from './marks.ts'
import { PieceList } from './piece-list.ts'
import { placeOf } from './place.ts'
import type { Piece, Presenter } from './presenter.ts'
import type { PresenterStyle } from './presenter-style.ts'
import { ShownCommand, type CommandShowing } from './shown-command.ts'
import type { StreamShowing } from './shown-stream.ts'

/**
 * Events as lines, each behind its mark: the formats `text` and `plain`.
 *
 * Of starts and of successful ends nothing is shown, nor of any end of a command without a name, but where that is to be told.
 * Any other end is a line on stderr. That an end is missing is for who knows why to say.
 */
export class TextPresenter implements Presenter {
  readonly #pieces = new PieceList()
  readonly #marks: Marks
  readonly #lines: Record<'stdout' | 'stderr', CurrentLine>
  readonly #showing: CommandShowing
  readonly #isExitTold: boolean
  /** Those that have begun and not ended, by their names. */
  readonly #running = new Map<string | undefined, ShownCommand>()

  constructor(style: PresenterStyle) {
    this.#isExitTold = style.isExitTold === true
    this.#marks = new Marks(style)
    const stdoutLine = new CurrentLine(this.#pieces)
    const stderrLine = style.isShared ? stdoutLine : new CurrentLine(this.#pieces)
    this.#lines = { stdout: stdoutLine, stderr: stderrLine }
    const isPassing = style.ansi === 'pass' && style.format === 'text'
    const escapes = isPassing ? passingEscapes : understoodEscapes
    const both = { marks: this.#marks, escapes, isWrittenOut: !isPassing }
    const showing = (stream: 'stdout' | 'stderr'): StreamShowing => {
      const place = placeOf(stream, style)
      return { ...both, place, line: this.#lines[place.to] }
    }
    this.#showing = { stdout: showing('stdout'), stderr: showing('stderr') }
  }

  get isLineOpen(): boolean {
    return this.#lines.stdout.isOpen || this.#lines.stderr.isOpen
  }

  show(event: ShownEvent): Piece[] {
    const { type, name, t } = event
    this.#marks.begin(t)
    if (type === 'start') this.#start(event)
    else if (type === 'output') this.#commandOf(name).push(event.stream, textOf(event), t)
    else this.#end(event)
    return this.#pieces.take()
  }

  note(line: string): Piece[] {
    this.#lines.stderr.close()
    this.#pieces.add('stderr', `${line}\n`)
    return this.#pieces.take()
  }

  end(): Piece[] {
    for (const command of this.#running.values()) command.end()
    this.#running.clear()
    return this.#pieces.take()
  }

  #start({ name, command: [file = ''], pid }: ShownEvent & { type: 'start' }): void {
    // The one before it has no end where that is lost.
    this.#running.get(name)?.end()
    this.#running.set(name, new ShownCommand({ name, program: basename(file), pid }, this.#showing))
  }

  #end(exit: ShownEvent & { type: 'exit' }): void {
    const command = this.#commandOf(exit.name)
    command.end()
    const note = exit.name === undefined && !this.#isExitTold ? undefined : exitNote(exit)
    if (note !== undefined) command.say(note, exit.t)
    this.#running.delete(exit.name)
  }

  /** The command of that name. Its start is missing where a record has lost its beginning. */
  #commandOf(name: string | undefined): ShownCommand {
    const running = this.#running.get(name)
    if (running !== undefined) return running
    const command = new ShownCommand({ name, program: '', pid: undefined }, this.#showing)
    this.#running.set(name, command)
    return command
  }
}

/** What was printed as text; bytes that are not UTF-8 as U+FFFD. */
function textOf({ data, encoding }: ShownEvent & { type: 'output' }): string {
  return encoding === undefined ? data : Buffer.from(data, 'base64').toString()
}
