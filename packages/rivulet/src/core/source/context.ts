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

/** Carries a value with the async context, as Node's `AsyncLocalStorage` does. */
interface Carrier<V> {
  run<R>(value: V, fn: () => R): R
  getStore(): V | undefined
}

/** What the language may have, and what Node, Bun and Deno have in its place. */
interface Platform {
  AsyncContext?: {
    Snapshot: new () => { run<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R }
    Variable: new <V>() => { run<R>(value: V, fn: () => R): R; get(): V | undefined }
  }
  process?: {
    versions?: { bun?: string }
    getBuiltinModule?: (
      id: string,
    ) => { AsyncResource?: new (type: string) => Context; AsyncLocalStorage?: new <V>() => Carrier<V> } | undefined
  }
}

const platform = globalThis as Platform
const { AsyncContext } = platform
const hooks = platform.process?.getBuiltinModule?.('async_hooks')
const direct: Context = { runInAsyncScope: (fn, receiver, ...args) => Reflect.apply(fn, receiver, args) }

/** Captures the async context of the caller, so that a source never runs in its consumer's. */
export const captureContext: () => Context = chooseCapture()

function chooseCapture(): () => Context {
  if (AsyncContext !== undefined) {
    return () => {
      const snapshot = new AsyncContext.Snapshot()
      return { runInAsyncScope: (fn, receiver, ...args) => snapshot.run(() => Reflect.apply(fn, receiver, args)) }
    }
  }
  // A tenth of the cost of a call through `AsyncLocalStorage.snapshot()`, which is a wrapper around the same.
  const AsyncResource = hooks?.AsyncResource
  return AsyncResource === undefined ? () => direct : () => new AsyncResource('Rivulet')
}

/** Makes something that carries a value with the context, where that costs nothing while it is not looked at. */
export function makeCarrier<V>(): Carrier<V> | undefined {
  if (AsyncContext !== undefined) {
    const variable = new AsyncContext.Variable<V>()
    return { run: (value, fn) => variable.run(value, fn), getStore: () => variable.get() }
  }
  const Storage = hooks?.AsyncLocalStorage
  // Before Node 24 it is made of hooks, which once used make every await of the process several times slower. Bun's only has the
  // method's name.
  const isCostly =
    Storage !== undefined && '_enable' in Storage.prototype && platform.process?.versions?.bun === undefined
  return Storage === undefined || isCostly ? undefined : new Storage<V>()
}
