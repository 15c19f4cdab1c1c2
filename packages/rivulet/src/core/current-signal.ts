import { currentScope } from './source/scope.ts'

/**
 * The signal of the source, task or call whose code runs: it is aborted when that is told to stop. Outside of one,
 * `undefined`. In a function source it is the signal that the function was given.
 *
 * Call it before the first `await` of a source's `next()`, that is, at the start of a generator or right behind a `yield`. In
 * Node 24 and later, Deno and Bun it is the same behind an `await`; elsewhere it is `undefined` there.
 *
 * @example
 * let signal: AbortSignal | undefined
 * async function* source(): AsyncGenerator<string> {
 *   signal = currentSignal()
 *   yield 'item'
 * }
 * for await (const _ of merge([source()])) break
 * signal?.aborted // => true
 * currentSignal() // => undefined
 */
export function currentSignal(): AbortSignal | undefined {
  return currentScope()?.signal
}
