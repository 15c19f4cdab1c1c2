import { eventLine, type CommandEvent } from '../command-event.ts'
import type { Piece, Presenter } from './presenter.ts'

/** Events as JSON Lines, all to stdout. */
export class JsonPresenter implements Presenter {
  readonly isLineOpen = false

  show(event: CommandEvent): Piece[] {
    return [{ to: 'stdout', text: eventLine(event) }]
  }

  note(line: string): Piece[] {
    return [{ to: 'stderr', text: `${line}\n` }]
  }

  close(): Piece[] {
    return []
  }
}
