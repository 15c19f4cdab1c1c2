import type { Telling } from '../source/scope.ts'
import type { ErrorCollector } from '../outlet/error-collector.ts'
import type { Feed } from '../outlet/feed.ts'
import { macrotask } from '../source/macrotask.ts'
import type { Outlet } from '../outlet/outlet.ts'
import { Closing } from '../source/closing.ts'
import type { Context } from '../source/context.ts'
import { LiveSource, type SourceHost } from '../source/live-source.ts'
import { clear, MergePlan, type Slot, type Unread } from './plan.ts'

/** A source of a merge, and its place in the plan. */
type MergeSlot = Slot<LiveSource<MergeSlot>>
export type MergeSource = LiveSource<MergeSlot>

/** How an item, or the error of a source, is handed on. */
export interface Wrap {
  /** Where it is missing, an item is handed on as it is. */
  readonly item?: (key: unknown, item: unknown) => unknown
  /** Where it is given, an error is an item like the others. */
  readonly error?: (key: unknown, error: unknown) => unknown
  /** Hears of an item that nobody will be given, since it may be an error. */
  readonly discarded?: (item: unknown, errors: ErrorCollector) => void
}

/** What becomes of the error of a source. */
export type ErrorMode = 'throw' | 'delay' | 'settled'

/** The options of a merge, checked and complete. */
export interface MergeSettings {
  readonly buffer: number
  readonly errors: ErrorMode
  readonly cleanupTimeoutMs: number
  /** The keys of the sources that have to end before the merge does; where it is missing, all. */
  readonly until: Set<unknown> | undefined
  /** A source is asked no more, for it has ended or is being closed. */
  readonly onLeft?: (source: MergeSource) => void
  /** The last item of a source that ended by itself was delivered. */
  readonly onEnded?: ((key: unknown) => void) | undefined
}

/** The one engine of all merges: carries out the plan, and tells the outlet what arrived and how it ended. */
export class MergeFeed<T> implements Feed<T>, SourceHost<MergeSlot> {
  readonly #plan: MergePlan<MergeSource>
  readonly #outlet: Outlet<T>
  readonly #errors: ErrorCollector
  readonly #wrap: Wrap
  readonly #settings: MergeSettings
  #closings = 0
  #onAllClosed: (() => void) | undefined
  /** While it is open, sources may still come. */
  isOpenEnded = false
  readonly readsAhead: boolean

  constructor(outlet: Outlet<T>, errors: ErrorCollector, wrap: Wrap, settings: MergeSettings) {
    this.#outlet = outlet
    this.#errors = errors
    this.#wrap = wrap
    this.#settings = settings
    this.#plan = new MergePlan<MergeSource>(settings.buffer)
    this.readsAhead = this.#plan.readsAhead
  }

  add(key: unknown, source: unknown, context: Context): MergeSource {
    const slot: MergeSlot = this.#plan.add()
    slot.source = new LiveSource(key, source, context, this, slot)
    return slot.source
  }

  /** Closes one source, discards what it has unread, and calls `onClosed` when it is closed. */
  remove(source: MergeSource, errors: ErrorCollector, onClosed: () => void): void {
    this.#plan.discard(source.slot)
    this.#forget(source, 'closed')
    this.#close([source], undefined, errors, () => {
      onClosed()
      this.#outlet.pump()
    })
  }

  get isReady(): boolean {
    return this.#plan.hasUnread
  }

  get isPaused(): boolean {
    return this.#plan.isTurnDue
  }

  get isExhausted(): boolean {
    return this.#plan.live === 0 && !this.isOpenEnded && this.#closings === 0
  }

  ask(): void {
    this.#ask(this.#plan.takeOwed())
  }

  take(): Promise<IteratorYieldResult<T>> {
    // Those who are owed an asking now. The source of the item is not: it stays idle while the consumer holds that.
    const owed = this.#plan.takeOwed()
    const unread = this.#plan.take()
    const { value, promise } = unread
    this.#given(unread)
    this.#ask(owed)
    if (this.readsAhead) this.ask()
    return (
      (promise as Promise<IteratorYieldResult<T>> | undefined) ?? Promise.resolve({ done: false, value: value as T })
    )
  }

  shift(): T {
    const unread = this.#plan.take()
    const { value } = unread
    this.#given(unread)
    return value as T
  }

  discard(): void {
    this.#plan.discardUnread((item) => this.#wrap.discarded?.(item, this.#errors))
  }

  close(telling: Telling | undefined, onClosed: () => void): void {
    this.#onAllClosed = onClosed
    this.#close(this.#forgetAll(), telling, this.#errors)
  }

  dispose(): void {
    this.#forgetAll()
    this.#plan.forgetOwed()
  }

  arrived(
    source: MergeSource,
    item: unknown,
    fresh?: IteratorYieldResult<unknown>,
    promise?: Promise<IteratorYieldResult<unknown>>,
  ): void {
    const wrap = this.#wrap.item
    const value = (wrap === undefined ? item : wrap(source.key, item)) as T
    if (fresh !== undefined) fresh.value = value
    const outlet = this.#outlet
    const plan = this.#plan
    if (outlet.isAwaited && !this.readsAhead && !plan.isTurnDue) {
      // Of a result that the language made it is known that it has no `then`.
      outlet.deliver((fresh as IteratorYieldResult<T> | undefined) ?? { done: false, value })
      if (plan.delivered(source.slot)) this.#giveTurn()
      this.#askAgain()
      return
    }
    if (plan.arrived(source.slot, value, promise) && outlet.isReading) source.ask()
    if (outlet.isAwaited) outlet.pump()
  }

  ended(source: MergeSource): void {
    const { key, slot } = source
    const { until } = this.#settings
    this.#forget(source, 'ended')
    if (slot.unread === 0) this.#tellEnded(key)
    if (until?.delete(key) === true && until.size === 0) this.#outlet.enough()
    this.#outlet.pump()
  }

  failed(source: MergeSource, error: unknown): void {
    const { key } = source
    const wrapped = this.#wrap.error?.(key, error)
    if (wrapped !== undefined) this.#plan.arrived(source.slot, wrapped, undefined)
    else if (this.#settings.errors === 'delay') this.#errors.add('delayed', error, key)
    else {
      this.#forget(source, 'ended')
      this.#outlet.fail(error, key)
      return
    }
    this.ended(source)
  }

  #askAgain(): void {
    if (this.#outlet.isAwaited) this.ask()
  }

  /** Asks sources that are linked. Where one of them ends the reading, the others are not asked, but no longer linked. */
  #ask(first: MergeSlot | undefined): void {
    let slot = first
    while (slot !== undefined) {
      const { source } = slot
      slot = this.#plan.asked(slot)
      if (this.#outlet.isReading) source.ask()
    }
  }

  /** An item was taken: nothing here may hold it any more. */
  #given(unread: Unread<MergeSource>): void {
    const { slot } = unread
    clear(unread)
    if (this.#plan.isTurnDue) this.#giveTurn()
    if (slot.phase === 'ended' && slot.unread === 0) this.#tellEnded(slot.source.key)
  }

  #giveTurn(): void {
    macrotask(() => {
      this.#plan.turnTaken()
      this.#outlet.pump()
    })
  }

  #close(sources: MergeSource[], telling: Telling | undefined, errors: ErrorCollector, onClosed?: () => void): void {
    this.#closings++
    const closing = new Closing(this.#settings.cleanupTimeoutMs, errors, () => {
      this.#closings--
      onClosed?.()
      if (this.#closings === 0) this.#onAllClosed?.()
    })
    closing.start(sources, telling)
  }

  #forget(source: MergeSource, phase: 'ended' | 'closed'): void {
    if (this.#plan.remove(source.slot, phase)) this.#settings.onLeft?.(source)
  }

  #forgetAll(): MergeSource[] {
    const sources = this.#plan.removeAll().map(({ source }) => source)
    for (const source of sources) this.#settings.onLeft?.(source)
    return sources
  }

  #tellEnded(key: unknown): void {
    const { onEnded } = this.#settings
    // Not in the middle of what goes on here: whoever hears of it may set and delete sources.
    if (onEnded !== undefined) queueMicrotask(() => onEnded(key))
  }
}
