/** The longest delay a timer can have, in milliseconds: 2^31 - 1. */
const longestTimerMs = 2_147_483_647

/** Refuses what is not a whole number of at least `least`. */
export function wholeNumber(name: string, value: unknown, least: number): number {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a whole number, not ${show(value)}`)
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} must be a whole number of at least ${String(least)}, not ${String(value)}`)
  }
  return value
}

/** Refuses what no timer can wait. */
export function milliseconds(name: string, value: unknown, least = 0): number {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number of milliseconds, not ${show(value)}`)
  if (!(value >= least && value <= longestTimerMs)) {
    throw new RangeError(`${name} must be from ${String(least)} to ${String(longestTimerMs)} ms, not ${String(value)}`)
  }
  return value
}

/** Refuses what is none of the `choices`. */
export function oneOf<C extends string>(name: string, value: unknown, choices: readonly C[]): C {
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  const list = choices.map((choice) => `'${choice}'`).join(', ')
  const Refusal = typeof value === 'string' ? RangeError : TypeError
  throw new Refusal(`${name} must be one of ${list}, not ${show(value)}`)
}

/** Refuses what is no `AbortSignal`. */
export function abortSignal(value: unknown): AbortSignal | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value) {
    return value as AbortSignal
  }
  throw new TypeError(`signal must be an AbortSignal, not ${show(value)}`)
}

/** Refuses what is no function. */
export function callable<F>(name: string, value: F): F {
  if (value !== undefined && typeof value !== 'function') {
    throw new TypeError(`${name} must be a function, not ${show(value)}`)
  }
  return value
}

/** A short name of a value for a message: strings quoted, objects by their class. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  const maker: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name
  return typeof maker === 'string' && maker !== '' ? `an object (${maker})` : 'an object'
}
