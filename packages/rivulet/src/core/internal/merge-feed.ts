import { Closing } from './closing.ts'
import type { Context } from './context.ts'
import type { Ending } from './ending.ts'
import type { Feed } from './feed.ts'
import { Member, type Host } from './member.ts'
import type { MergeSettings } from './merge-settings.ts'
import { MergeState, release, type Unread } from './merge-state.ts'
import type { Outlet } from './outlet.ts'
import type { Problems } from './problems.ts'

/** How an item, or the error of a source, is handed on. */
export interface Wrap<T> {
  /** Where it is missing, an item is handed on as it is. */
  readonly item?: (key: unknown, item: unknown) => T
  /** Where it is given, an error is an item like the others. */
  readonly error?: (key: unknown, error: unknown) => T
}

/** The one engine of all merges: asks the sources, and tells the outlet what arrived and how it ended. */
export class MergeFeed<T> implements Feed<T>, Host {
  readonly #state: MergeState<Member>
  readonly #outlet: Outlet<T>
  readonly #ending: Ending
  readonly #wrapItem: Wrap<T>['item']
  readonly #wrapError: Wrap<T>['error']
  readonly #settings: MergeSettings
  readonly #members = new Set<Member>()
  readonly givesTurns = true
  /** Errors handed on as items, and not yet taken. */
  readonly #unreadErrors: Map<unknown, { error: unknown; key: unknown }> | undefined
  #closings = 0
  #onAllClosed: (() => void) | undefined
  /** While it is open, sources may still come. */
  isOpenEnded = false

  constructor(outlet: Outlet<T>, ending: Ending, wrap: Wrap<T>, settings: MergeSettings) {
    this.#outlet = outlet
    this.#ending = ending
    this.#wrapItem = wrap.item
    this.#wrapError = wrap.error
    if (wrap.error !== undefined) this.#unreadErrors = new Map()
    this.#settings = settings
    this.#state = new MergeState<Member>(settings.buffer)
  }

  add(key: unknown, source: unknown, context: Context): Member {
    const member = new Member(key, source, context, this)
    this.#members.add(member)
    this.#state.add(member)
    return member
  }

  /** Closes one source, drops what it has unread, and calls `done` when it is closed. */
  remove(member: Member, problems: Problems, done: () => void): void {
    this.#state.drop(member)
    this.#forget(member)
    this.#closings++
    const onError = (error: unknown, key: unknown): void => problems.hear(error, key)
    const closing = new Closing(this.#settings.cleanupTimeoutMs, onError, () => {
      this.#closings--
      done()
      this.#outlet.pump()
      if (this.#closings === 0) this.#onAllClosed?.()
    })
    closing.close([member], undefined)
  }

  get ready(): boolean {
    return this.#state.ready
  }

  get exhausted(): boolean {
    return this.#state.live === 0 && !this.isOpenEnded && this.#closings === 0
  }

  get readsAhead(): boolean {
    return this.#state.readsAhead
  }

  give(): Promise<IteratorYieldResult<T>> {
    const unread = this.#state.take()
    const { place: member, promise } = unread
    const value = this.#read(unread)
    // Those who are owed an asking now. The source of the item is not: it stays idle while the consumer holds that.
    const owed = this.#state.takeOwed()
    this.#owe(member)
    this.#ask(owed)
    if (this.readsAhead) this.demand()
    return (promise as Promise<IteratorYieldResult<T>> | undefined) ?? Promise.resolve({ done: false, value })
  }

  take(): T {
    const unread = this.#state.take()
    const value = this.#read(unread)
    this.#owe(unread.place)
    return value
  }

  demand(): void {
    this.#ask(this.#state.takeOwed())
  }

  clear(): void {
    this.#state.clear()
    if (this.#unreadErrors === undefined) return
    for (const { error, key } of this.#unreadErrors.values()) this.#ending.miss(error, key)
    this.#unreadErrors.clear()
  }

  abandon(): void {
    for (const member of this.#members) this.#forget(member)
    this.#state.abandon()
  }

  stop(abort: { reason: unknown } | undefined, done: () => void): void {
    const members = [...this.#members]
    for (const member of members) this.#forget(member)
    this.#closings++
    this.#onAllClosed = done
    const onError = (error: unknown, key: unknown): void => this.#ending.hear(error, key)
    const closing = new Closing(this.#settings.cleanupTimeoutMs, onError, () => {
      this.#closings--
      if (this.#closings === 0) done()
    })
    closing.close(members, abort)
  }

  arrived(member: Member, item: unknown, fresh?: IteratorYieldResult<unknown>): void {
    const value = this.#wrapItem === undefined ? (item as T) : this.#wrapItem(member.key, item)
    if (fresh !== undefined) fresh.value = value
    const outlet = this.#outlet
    const state = this.#state
    // Of a result that the language made it is known that it has no `then`.
    if (
      outlet.isAwaited &&
      !this.readsAhead &&
      outlet.hand((fresh as IteratorYieldResult<T> | undefined) ?? { done: false, value })
    ) {
      member.promise = undefined
      state.owe(member)
      this.#demandAgain()
      return
    }
    member.value = value
    if (state.arrived(member) && outlet.isReading) member.ask()
    if (outlet.isAwaited) outlet.pump()
  }

  ended(member: Member): void {
    this.#forget(member)
    this.#outlet.pump()
  }

  failed(member: Member, error: unknown): void {
    this.#forget(member)
    if (this.#wrapError !== undefined) {
      const value = this.#wrapError(member.key, error)
      this.#unreadErrors?.set(value, { error, key: member.key })
      member.value = value
      member.promise = undefined
      this.#state.arrived(member)
    } else if (this.#settings.errors === 'delay') {
      this.#ending.collect(error, member.key)
    } else {
      this.#outlet.fail(error, member.key)
      return
    }
    this.#outlet.pump()
  }

  #demandAgain(): void {
    if (this.#outlet.isAwaited) this.demand()
  }

  /** Asks sources that are linked. Where one of them ends the reading, the others are not asked, but no longer linked. */
  #ask(first: Member | undefined): void {
    let member = first
    while (member !== undefined) {
      const { after } = member
      member.after = undefined
      if (this.#outlet.isReading) member.ask()
      member = after as Member | undefined
    }
  }

  #read(unread: Unread<Member>): T {
    const value = unread.value as T
    release(unread)
    this.#unreadErrors?.delete(value)
    return value
  }

  /** Where it reads ahead, it may have been asked already, or be owed that. */
  #owe(member: Member): void {
    const state = this.#state
    if (!this.readsAhead || (member.isIdle && this.#outlet.isReading && state.hasRoomAgain(member))) state.owe(member)
  }

  #forget(member: Member): void {
    if (!this.#members.delete(member)) return
    this.#state.live--
    this.#settings.onEnded?.(member)
  }
}
