/** Registered, so that two copies of this library in one program read each other's lists. */
const suppressedKey: unique symbol = Symbol.for('rivulet.suppressedErrors') as never

/**
 * Lists the errors that happened beside the one that was thrown, in the order in which they came.
 *
 * The list is a copy. It is empty where nothing can be kept on the error: on a primitive or a frozen object.
 *
 * @example
 * const failing = {
 *   [Symbol.asyncIterator]: () => ({
 *     next: () => Promise.resolve({ done: false, value: 1 }),
 *     return: () => Promise.reject(new Error('while closing')),
 *   }),
 * }
 * const stop = new Error('stop')
 * let caught: unknown
 * try {
 *   for await (const _ of merge([failing, () => { throw stop }])) { }
 * } catch (error) { caught = error }
 * caught === stop // => true
 * suppressedErrors(caught).map(String) // => ['Error: while closing']
 */
export function suppressedErrors(error: unknown): unknown[] {
  if (!canHold(error)) return []
  const kept = error[suppressedKey]
  return kept === undefined ? [] : [...kept]
}

/** Keeps `later` on `error`, where something can be kept on it. The same object is kept once, and never on itself. */
export function suppress(error: unknown, later: unknown): void {
  if (!canHold(error) || error === later) return
  const kept = error[suppressedKey]
  if (kept === undefined) {
    // Not enumerable: the error stays deeply equal to what its author compares it with.
    if (Object.isExtensible(error)) Object.defineProperty(error, suppressedKey, { value: [later] })
  } else if (typeof later !== 'object' || later === null || !kept.includes(later)) {
    kept.push(later)
  }
}

function canHold(error: unknown): error is { [suppressedKey]?: unknown[] } {
  return (typeof error === 'object' && error !== null) || typeof error === 'function'
}
