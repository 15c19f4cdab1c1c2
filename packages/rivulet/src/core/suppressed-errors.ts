import { suppressedKey } from './internal/suppress.ts'

/**
 * Lists the errors that happened beside the one that was thrown, in the order in which they came.
 *
 * The list is a copy. It is empty for what nothing can be kept on: a primitive, a frozen object.
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
  if ((typeof error !== 'object' || error === null) && typeof error !== 'function') return []
  const kept = (error as { [suppressedKey]?: unknown[] })[suppressedKey]
  return kept === undefined ? [] : [...kept]
}
