import type { ShownEvent } from '../shown-event.ts'
import { eventLine } from './event-line.ts'
import type { Piece, Presenter } from './presenter.ts'

/** Events as JSON Lines, all to stdout. */
export class JsonPresenter implements Presenter {
  readonly isLineOpen = false

  show(event: ShownEvent): Piece[] {
    return [{ to: 'stdout', text: eventLine(event) }]
  }

  note(line: string): Piece[] {
    return [{ to: 'stderr', text: `${line}\n` }]
  }

  end(): Piece[] {
    return []
  }
}
