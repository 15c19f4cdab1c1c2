/** Registered, so that two copies of this library in one program read each other's lists. */
export const suppressedKey: unique symbol = Symbol.for('rivulet.suppressedErrors') as never

/** Keeps `later` on `error`, where something can be kept on it. The same object is kept once, and never on itself. */
export function suppress(error: unknown, later: unknown): void {
  if ((typeof error !== 'object' || error === null) && typeof error !== 'function') return
  if (error === later) return
  const holder = error as { [suppressedKey]?: unknown[] }
  const kept = holder[suppressedKey]
  if (kept === undefined) {
    // Not enumerable: the error stays deeply equal to what its author compares it with.
    if (Object.isExtensible(error)) Object.defineProperty(error, suppressedKey, { value: [later] })
  } else if (typeof later !== 'object' || later === null || !kept.includes(later)) {
    kept.push(later)
  }
}
