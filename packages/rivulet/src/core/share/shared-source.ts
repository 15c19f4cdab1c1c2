import type { ErrorCollector } from '../outlet/error-collector.ts'
import type { Outlet } from '../outlet/outlet.ts'
import { Closing, defaultCleanupTimeoutMs } from '../source/closing.ts'
import { captureContext } from '../source/context.ts'
import { LiveSource, type SourceHost } from '../source/live-source.ts'
import type { Telling } from '../source/scope.ts'
import { Turns } from '../source/turns.ts'
import { SharePlan, type ReaderPosition, type ShareSettings } from './plan.ts'

/** A source with several readers: carries out the plan, and tells the outlet of each what arrived and how it ended. */
export class SharedSource<T> implements SourceHost<undefined> {
  readonly plan: SharePlan<T>
  readonly #source: LiveSource
  readonly #readers = new Map<ReaderPosition<T>, Outlet<T>>()
  readonly #turns = new Turns(() => this.fill())
  #failure: { error: unknown } | undefined
  /** Whether nothing more comes: the source has ended or failed, or the last reader has left. */
  isOver = false

  constructor(source: unknown, settings: ShareSettings) {
    this.plan = new SharePlan(settings)
    this.#source = new LiveSource('source', source, captureContext(), this, undefined)
  }

  begin(position: ReaderPosition<T>, outlet: Outlet<T>): void {
    this.plan.begin(position)
    if (!this.isOver) this.#readers.set(position, outlet)
    else if (this.#failure !== undefined) outlet.fail(this.#failure.error)
  }

  /** Asks the source, if it is to be asked. */
  fill(): void {
    if (!this.isOver && this.plan.isWanted && !this.#turns.isDue) this.#source.ask()
  }

  /** A reader is given nothing any more: it has left, or its reading is over. */
  remove(position: ReaderPosition<T>): void {
    this.plan.remove(position)
    this.#readers.delete(position)
    this.fill()
  }

  /** A reader has left: closes the source, where it was the last. */
  close(telling: Telling | undefined, errors: ErrorCollector, onClosed: () => void): void {
    if (this.isOver || this.plan.readers > 0) {
      onClosed()
      return
    }
    this.isOver = true
    new Closing(defaultCleanupTimeoutMs, errors, onClosed).start([this.#source], telling)
  }

  arrived(_source: LiveSource, item: unknown): void {
    this.#turns.count()
    this.plan.arrived(item as T)
    for (const outlet of this.#readers.values()) outlet.pump()
    this.fill()
  }

  ended(): void {
    this.isOver = true
    for (const outlet of this.#readers.values()) outlet.pump()
  }

  failed(_source: LiveSource, error: unknown): void {
    this.isOver = true
    this.#failure = { error }
    for (const outlet of this.#readers.values()) outlet.fail(error)
  }
}
