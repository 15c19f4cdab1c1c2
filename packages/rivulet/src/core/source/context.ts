/** The async context in which something was made. It has the shape of Node's `AsyncResource`, which is used as it is. */
export interface Context {
  /** Calls `fn` in that context. */
  runInAsyncScope<A extends unknown[], R>(fn: (...args: A) => R, receiver: unknown, ...args: A): R
}

/** As `for await`, takes anything for a promise; whatever a `then` of its own does, it does in the context of its source. */
export function promiseIn(context: Context, given: unknown): Promise<unknown> {
  if (given instanceof Promise && given.constructor === Promise) return given
  return context.runInAsyncScope(() => Promise.resolve(given), undefined)
}

interface SnapshotClass {
  new (): { run<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R }
}
interface Platform {
  AsyncContext?: { Snapshot?: SnapshotClass }
  process?: {
    getBuiltinModule?: (id: string) => { AsyncResource?: new (type: string) => Context } | undefined
  }
}

const direct: Context = { runInAsyncScope: (fn, receiver, ...args) => Reflect.apply(fn, receiver, args) }

/** Captures the async context of the caller, so that a source never runs in its consumer's. */
export const captureContext: () => Context = chooseCapture(globalThis as Platform)

function chooseCapture(platform: Platform): () => Context {
  const Snapshot = platform.AsyncContext?.Snapshot
  if (Snapshot !== undefined) {
    return () => {
      const snapshot = new Snapshot()
      return { runInAsyncScope: (fn, receiver, ...args) => snapshot.run(() => Reflect.apply(fn, receiver, args)) }
    }
  }
  // A tenth of the cost of a call through `AsyncLocalStorage.snapshot()`, which is a wrapper around the same.
  const AsyncResource = platform.process?.getBuiltinModule?.('async_hooks')?.AsyncResource
  return AsyncResource === undefined ? () => direct : () => new AsyncResource('Rivulet')
}
