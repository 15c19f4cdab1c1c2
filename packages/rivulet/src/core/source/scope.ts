import { makeCarrier } from './context.ts'
import { isOwnAbort, makeStopReason } from './own-abort.ts'

/** What whoever is told to stop is told. */
export interface Telling {
  readonly reason: unknown
  /** Whether a caller's signal was aborted; otherwise the consumer left, or something beside it failed. */
  readonly isAbort: boolean
}

/** What is told where nobody gave a reason: an `AbortError`, made when somebody asks for it. */
export function leaving(): Telling {
  let reason: unknown
  return {
    isAbort: false,
    get reason() {
      return (reason ??= makeStopReason())
    },
  }
}

/** A stream, or a single call, that waits inside a scope. */
export interface ScopeMember {
  /** Of a stream: every open scope that it is in. */
  readonly scopes?: Set<Scope>
  /**
   * Ends it: who waits, or else the next who asks, is rejected with the reason when everything is closed. What goes wrong on the
   * way goes to `onError`, for the reason is nobody's error and is not shown. Says whether anybody waits; nothing, where
   * nobody will hear of it.
   */
  told(telling: Telling, onError: (error: unknown) => void): boolean | undefined
}

/** Whatever runs code of its user that may wait: a source, a task, a call. */
export interface ScopeOwner {
  /** Made when somebody is to be in it. */
  readonly scope: Scope
}

/**
 * Everything of ours that waits inside one source, so that it can be ended with it, whatever generators stand in between.
 *
 * open -> told to stop -> over. Only an open one takes members: what begins after the telling cleans up, and runs to its end.
 */
export class Scope {
  readonly #members = new Set<ScopeMember>()
  #controller: AbortController | undefined
  #telling: Telling | undefined
  #isOpen = true
  /** Whether there is somebody in it who will hear that it was told. */
  isHeard = false
  /** Whether somebody in it waited, and so hears of it now. */
  hasEndedWaits = false

  /** `controller` is that of a signal which the code was given. */
  constructor(controller?: AbortController) {
    this.#controller = controller
  }

  /** The signal by which other code in the scope is told, made when it is first asked for. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      if (this.#telling !== undefined) this.#controller.abort(this.#telling.reason)
    }
    return this.#controller.signal
  }

  /** Whether anybody was told, or has a signal, so that the end can be waited for. */
  get canBeAwaited(): boolean {
    return this.#controller !== undefined || this.isHeard
  }

  add(member: ScopeMember): void {
    if (!this.#isOpen || member.scopes?.has(this) === true) return
    this.#members.add(member)
    member.scopes?.add(this)
  }

  remove(member: ScopeMember): void {
    this.#members.delete(member)
    member.scopes?.delete(this)
  }

  /** Aborts the signal; where the code in it waits, ends every member too. */
  tell(telling: Telling, isWaiting: boolean, onError: (error: unknown) => void): void {
    if (!this.#isOpen) return
    this.#telling = telling
    const members = isWaiting ? [...this.#members] : []
    this.close()
    this.#controller?.abort(telling.reason)
    for (const member of members) {
      const waits = member.told(telling, onError)
      this.isHeard ||= waits !== undefined
      this.hasEndedWaits ||= waits === true
    }
  }

  /** Takes no more members, and tells nobody: what it belongs to has ended by itself. */
  close(): void {
    this.#isOpen = false
    // A stream may outlive thousands of scopes.
    for (const member of this.#members) member.scopes?.delete(this)
    this.#members.clear()
  }

  /** Whether `error` is just the echo of what it was told. */
  isEcho(error: unknown): boolean {
    return this.#telling !== undefined && isOwnAbort(error, this.#telling.reason)
  }
}

/** Whose code runs just now, as far as it has not waited for anything. */
let running: ScopeOwner | undefined

/** Keeps it through an `await`, where a runtime does so at no cost. */
const carrier = makeCarrier<ScopeOwner>()

/** Whose scope the calling code is in. */
export function currentScope(): Scope | undefined {
  return (running ?? carrier?.getStore())?.scope
}

/** The scope of the code that runs, as far as that has not waited for anything. It costs nothing to ask. */
export function runningScope(): Scope | undefined {
  return running?.scope
}

/** From now on the code of `owner` runs. Whoever calls this calls it again with what it gives, before anything else runs. */
export function enter(owner: ScopeOwner | undefined): ScopeOwner | undefined {
  const before = running
  running = owner
  return before
}

/** Calls `fn` in the scope of `owner`, and what it awaits too, where the runtime carries it. */
export function runInScope<R>(owner: ScopeOwner, fn: () => R): R {
  const before = enter(owner)
  try {
    return carry(owner, fn)
  } finally {
    enter(before)
  }
}

/** Calls `fn`, so that the async context which it captures carries `owner`. */
export function carry<R>(owner: ScopeOwner, fn: () => R): R {
  return carrier === undefined ? fn() : carrier.run(owner, fn)
}
