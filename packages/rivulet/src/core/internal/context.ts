/** Calls `fn` in the async context that was captured. */
export type Context = <A extends unknown[], R>(fn: (...args: A) => R, ...args: A) => R

interface SnapshotClass {
  new (): { run: Context }
}
interface Platform {
  AsyncContext?: { Snapshot?: SnapshotClass }
  process?: { getBuiltinModule?: (id: string) => { AsyncLocalStorage?: { snapshot?: () => Context } } | undefined }
}

const direct: Context = (fn, ...args) => fn(...args)

/** Captures the async context of the caller, so that a source never runs in its consumer's. */
export const captureContext: () => Context = chooseCapture(globalThis as Platform)

function chooseCapture(platform: Platform): () => Context {
  const Snapshot = platform.AsyncContext?.Snapshot
  if (Snapshot !== undefined) {
    return () => {
      const snapshot = new Snapshot()
      return (fn, ...args) => snapshot.run(fn, ...args)
    }
  }
  const storage = platform.process?.getBuiltinModule?.('async_hooks')?.AsyncLocalStorage
  return storage?.snapshot === undefined ? () => direct : () => storage.snapshot?.() ?? direct
}
