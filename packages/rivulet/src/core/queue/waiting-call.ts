import type { Linked, PlaceList } from './place-list.ts'
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

  /** Takes the last place in the line, which an abort makes it leave without a trace. */
  wait(line: PlaceList<Linked>, signal?: AbortSignal): Promise<V> {
    const promise = this.promise()
    if (signal !== undefined) this.#heed(signal, line)
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

  /** Wraps the ways to settle it, so that a call without a signal need not look whether there is a listener. */
  #heed(signal: AbortSignal, line: PlaceList<Linked>): void {
    const resolve = this.#resolve
    const reject = this.#reject
    const onAbort = (): void => {
      line.remove(this)
      this.reject(signal.reason)
    }
    const unlisten = (): void => signal.removeEventListener('abort', onAbort)
    this.#resolve = (value) => {
      unlisten()
      resolve?.(value)
    }
    this.#reject = (error) => {
      unlisten()
      reject?.(error)
    }
    signal.addEventListener('abort', onAbort)
  }
}
