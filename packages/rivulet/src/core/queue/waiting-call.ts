import { onAbort } from '../source/on-abort.ts'
import type { Scope, ScopeMember, Telling } from '../source/scope.ts'
import type { Linked, PlaceList } from '../lists/place-list.ts'
import type { Waiter } from './queue-state.ts'

/**
 * A call that waits, and itself its place in the line. When it was answered, another call can wait there. That it can bring
 * an item is no class of its own: a super class costs more than a field that is not used.
 */
export class WaitingCall<V, Item = undefined> implements Waiter<V> {
  previous: Linked | undefined
  next: Linked | undefined
  /** What it brings, if it is a `put()`. */
  readonly item: Item
  #resolve: ((value: V) => void) | undefined
  #reject: ((error: unknown) => void) | undefined

  constructor(item: Item) {
    this.item = item
  }

  /** Takes the last place in the line, which an abort, or the end of the scope, makes it leave without a trace. */
  wait(line: PlaceList<Linked>, signal?: AbortSignal, scope?: Scope): Promise<V> {
    const promise = this.promise()
    if (signal !== undefined || scope !== undefined) this.#heed(line, promise, signal, scope)
    line.push(this)
    return promise
  }

  promise(): Promise<V> {
    // An executor that does nothing else is compiled into its caller: neither it nor its scope is allocated.
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  resolve(value: V): void {
    const resolve = this.#resolve
    // Both lead to the promise and its value, which a place that is used again must not keep.
    this.#resolve = undefined
    this.#reject = undefined
    resolve?.(value)
  }

  reject(error: unknown): void {
    this.#reject?.(error)
  }

  /** Wraps the ways to settle it, so that a call which nothing can end need not look whether something listens. */
  #heed(line: PlaceList<Linked>, promise: Promise<V>, signal: AbortSignal | undefined, scope: Scope | undefined): void {
    const resolve = this.#resolve
    const reject = this.#reject
    const refuse = (reason: unknown): true => {
      line.remove(this)
      this.reject(reason)
      return true
    }
    const unlisten = signal === undefined ? undefined : onAbort(signal, () => void refuse(signal.reason))
    const member: ScopeMember = {
      told({ reason }: Telling) {
        // It is nobody's error, and none that was overlooked where the call is not awaited yet.
        promise.catch(() => undefined)
        return refuse(reason)
      },
    }
    const forget = (): void => {
      unlisten?.()
      scope?.remove(member)
    }
    this.#resolve = (value) => {
      forget()
      resolve?.(value)
    }
    this.#reject = (error) => {
      forget()
      reject?.(error)
    }
    scope?.add(member)
  }
}
