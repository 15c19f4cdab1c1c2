import { Closing } from './closing.ts'
import type { Context } from './context.ts'
import type { Feed } from './feed.ts'
import { Member, type Host } from './member.ts'
import type { MergeSettings } from './merge-settings.ts'
import { MergeState } from './merge-state.ts'
import type { Outlet } from './outlet.ts'
import type { Problems } from './problems.ts'
import { ReadAheadState } from './read-ahead-state.ts'

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
  readonly #wrapItem: Wrap<T>['item']
  readonly #wrapError: Wrap<T>['error']
  readonly #settings: MergeSettings
  readonly #members = new Set<Member>()
  readonly givesTurns = true
  /** Errors handed on as items, and not yet taken. */
  readonly #unreadErrors = new Map<unknown, { error: unknown; key: unknown }>()
  #closings = 0
  #onAllClosed: (() => void) | undefined
  /** While it is open, sources may still come. */
  isOpenEnded = false

  constructor(outlet: Outlet<T>, wrap: Wrap<T>, settings: MergeSettings) {
    this.#outlet = outlet
    this.#wrapItem = wrap.item
    this.#wrapError = wrap.error
    this.#settings = settings
    this.#state = settings.buffer > 1 ? new ReadAheadState<Member>(settings.buffer) : new MergeState<Member>()
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

  get owed(): number {
    return this.#state.owed
  }

  get exhausted(): boolean {
    return this.#state.live === 0 && !this.isOpenEnded && this.#closings === 0
  }

  get promise(): Promise<IteratorYieldResult<T>> | undefined {
    return this.#state.promise as Promise<IteratorYieldResult<T>> | undefined
  }

  take(): IteratorYieldResult<T> {
    const answer = this.#state.take()
    if (this.#unreadErrors.size > 0) this.#unreadErrors.delete(answer)
    return answer as IteratorYieldResult<T>
  }

  demand(owed: number): void {
    const state = this.#state
    const last = state.readsAhead ? state.owed : owed
    while (state.isOwed(last) && this.#outlet.isReading) state.nextOwed().ask()
  }

  clear(): void {
    this.#state.clear()
    for (const { error, key } of this.#unreadErrors.values()) this.#outlet.miss(error, key)
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
    const onError = (error: unknown, key: unknown): void => this.#outlet.hear(error, key)
    const closing = new Closing(this.#settings.cleanupTimeoutMs, onError, () => {
      this.#closings--
      if (this.#closings === 0) done()
    })
    closing.close(members, abort)
  }

  arrived(member: Member, result: IteratorYieldResult<unknown>): void {
    // In place: the result is fresh.
    if (this.#wrapItem !== undefined) result.value = this.#wrapItem(member.key, result.value)
    const outlet = this.#outlet
    const state = this.#state
    if (!state.readsAhead && outlet.hand(result as IteratorYieldResult<T>)) {
      state.delivered(member)
      if (outlet.isAwaited) this.demand(state.owed)
      return
    }
    member.answer = result
    if (state.arrived(member) && outlet.isReading) member.ask()
    outlet.pump()
  }

  ended(member: Member): void {
    this.#forget(member)
    this.#outlet.pump()
  }

  failed(member: Member, error: unknown): void {
    this.#forget(member)
    if (this.#wrapError !== undefined) {
      const answer: IteratorYieldResult<T> = { done: false, value: this.#wrapError(member.key, error) }
      this.#unreadErrors.set(answer, { error, key: member.key })
      member.answer = answer
      this.#state.arrived(member)
    } else if (this.#settings.errors === 'delay') {
      this.#outlet.collect(error, member.key)
    } else {
      this.#outlet.fail(error, member.key)
      return
    }
    this.#outlet.pump()
  }

  #forget(member: Member): void {
    if (!this.#members.delete(member)) return
    this.#state.live--
    this.#settings.onEnded?.(member)
  }
}
