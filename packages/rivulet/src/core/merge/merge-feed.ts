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
export interface Wrap<T> {
  /** Where it is missing, an item is handed on as it is. */
  readonly item?: (key: unknown, item: unknown) => T
  /** Where it is given, an error is an item like the others. */
  readonly error?: (key: unknown, error: unknown) => T
}

/** The options of a merge, checked and complete. */
export interface MergeSettings {
  buffer: number
  errors: 'throw' | 'delay'
  cleanupTimeoutMs: number
  onEnded?: (source: MergeSource) => void
}

/** The one engine of all merges: carries out the plan, and tells the outlet what arrived and how it ended. */
export class MergeFeed<T> implements Feed<T>, SourceHost<MergeSlot> {
  readonly #plan: MergePlan<MergeSource>
  readonly #outlet: Outlet<T>
  readonly #errors: ErrorCollector
  readonly #wrapItem: Wrap<T>['item']
  readonly #wrapError: Wrap<T>['error']
  readonly #settings: MergeSettings
  /** Those that live. */
  readonly #sources = new Set<MergeSource>()
  /** Errors handed on as items, and not yet taken. */
  readonly #unreadErrors: Map<unknown, { error: unknown; key: unknown }> | undefined
  #closings = 0
  #onAllClosed: (() => void) | undefined
  /** While it is open, sources may still come. */
  isOpenEnded = false
  readonly readsAhead: boolean

  constructor(outlet: Outlet<T>, errors: ErrorCollector, wrap: Wrap<T>, settings: MergeSettings) {
    this.#outlet = outlet
    this.#errors = errors
    this.#wrapItem = wrap.item
    this.#wrapError = wrap.error
    if (wrap.error !== undefined) this.#unreadErrors = new Map()
    this.#settings = settings
    this.#plan = new MergePlan<MergeSource>(settings.buffer)
    this.readsAhead = this.#plan.readsAhead
  }

  add(key: unknown, source: unknown, context: Context): MergeSource {
    const slot: MergeSlot = this.#plan.add()
    slot.source = new LiveSource(key, source, context, this, slot)
    this.#sources.add(slot.source)
    return slot.source
  }

  /** Closes one source, discards what it has unread, and calls `onClosed` when it is closed. */
  remove(source: MergeSource, errors: ErrorCollector, onClosed: () => void): void {
    this.#plan.discard(source.slot)
    this.#forget(source)
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
    this.#plan.discardUnread()
    if (this.#unreadErrors === undefined) return
    for (const { error, key } of this.#unreadErrors.values()) this.#errors.undelivered(error, key)
    this.#unreadErrors.clear()
  }

  close(abort: { reason: unknown } | undefined, onClosed: () => void): void {
    const sources = [...this.#sources]
    for (const source of sources) this.#forget(source)
    this.#onAllClosed = onClosed
    this.#close(sources, abort, this.#errors)
  }

  dispose(): void {
    for (const source of this.#sources) this.#forget(source)
    this.#plan.forgetOwed()
  }

  arrived(
    source: MergeSource,
    item: unknown,
    fresh?: IteratorYieldResult<unknown>,
    promise?: Promise<IteratorYieldResult<unknown>>,
  ): void {
    const value = this.#wrapItem === undefined ? (item as T) : this.#wrapItem(source.key, item)
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
    this.#forget(source)
    this.#outlet.pump()
  }

  failed(source: MergeSource, error: unknown): void {
    const { key } = source
    if (this.#wrapError !== undefined) {
      const value = this.#wrapError(key, error)
      this.#unreadErrors?.set(value, { error, key })
      this.#plan.arrived(source.slot, value, undefined)
    }
    this.#forget(source)
    if (this.#wrapError === undefined) {
      if (this.#settings.errors === 'throw') {
        this.#outlet.fail(error, key)
        return
      }
      this.#errors.delay(error, key)
    }
    this.#outlet.pump()
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
    this.#unreadErrors?.delete(unread.value)
    clear(unread)
    if (this.#plan.isTurnDue) this.#giveTurn()
  }

  #giveTurn(): void {
    macrotask(() => {
      this.#plan.turnTaken()
      this.#outlet.pump()
    })
  }

  #close(
    sources: MergeSource[],
    abort: { reason: unknown } | undefined,
    errors: ErrorCollector,
    onClosed?: () => void,
  ): void {
    this.#closings++
    const closing = new Closing(this.#settings.cleanupTimeoutMs, errors, () => {
      this.#closings--
      onClosed?.()
      if (this.#closings === 0) this.#onAllClosed?.()
    })
    closing.start(sources, abort)
  }

  #forget(source: MergeSource): void {
    if (!this.#sources.delete(source)) return
    this.#plan.ended(source.slot)
    this.#settings.onEnded?.(source)
  }
}
