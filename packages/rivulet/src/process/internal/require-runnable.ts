import type { RunOptions } from '../run-options.ts'

/** The longest delay a timer can have, in milliseconds: 2^31 - 1. */
const longestTimerMs = 2_147_483_647

/** Refuses a command or options that cannot be, before anything is started. */
export function requireRunnable(file: unknown, args: unknown, options: RunOptions): void {
  if (typeof file !== 'string' || file === '') throw new TypeError('file must be the name or path of a program')
  if (!Array.isArray(args) || !args.every((arg) => typeof arg === 'string')) {
    throw new TypeError('args must be an array of strings; numbers have to be made strings, and options come third')
  }
  for (const name of ['timeoutMs', 'killAfterMs', 'drainMs'] as const) {
    const value: unknown = options[name]
    if (value === undefined) continue
    if (typeof value !== 'number') throw new TypeError(`${name} must be a number of milliseconds`)
    if (!(value >= 0 && value <= longestTimerMs)) {
      throw new RangeError(`${name} must be from 0 to ${String(longestTimerMs)} ms, not ${String(value)}`)
    }
  }
  const { maxOutputBytes } = options
  if (maxOutputBytes !== undefined && !(Number.isInteger(maxOutputBytes) && maxOutputBytes >= 0)) {
    throw new RangeError(`maxOutputBytes must be an integer of at least 0, not ${String(maxOutputBytes)}`)
  }
  const { input, order, signal } = options
  for (const name of ['check', 'contain'] as const) {
    const value: unknown = options[name]
    if (value !== undefined && typeof value !== 'boolean') throw new TypeError(`${name} must be true or false`)
  }
  if (order !== undefined && !['arrival', 'exact', 'auto'].includes(order)) {
    throw new TypeError("order must be 'arrival', 'exact' or 'auto'")
  }
  if (input !== undefined && !isInput(input)) {
    throw new TypeError('input must be a string, a Uint8Array or an AsyncIterable of them')
  }
  if (signal !== undefined && !(typeof signal === 'object' && 'aborted' in signal)) {
    throw new TypeError('signal must be an AbortSignal')
  }
}

function isInput(input: unknown): boolean {
  if (typeof input === 'string' || input instanceof Uint8Array) return true
  return typeof input === 'object' && input !== null && Symbol.asyncIterator in input
}
