/** The longest delay a timer can have, in milliseconds: 2^31 - 1. */
const longestTimerMs = 2_147_483_647

/** Refuses options that are no object, and any option that is not `known`, whatever its value. */
export function requireOptions(maker: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) refuse(`${maker}: options`, 'an object', options)
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    const near = known.toSorted((a, b) => sharedStart(name, b) - sharedStart(name, a))[0] ?? ''
    const hint = sharedStart(name, near) > 1 ? `did you mean '${near}'?` : `it takes ${known.join(', ')}`
    throw new TypeError(`${maker}: no option '${name}'; ${hint}`)
  }
}

/** How many letters two names begin with alike. */
function sharedStart(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at]?.toLowerCase() === other[at]?.toLowerCase()) at++
  return at
}

/** Refuses what is not a whole number of at least `least`. */
export function wholeNumber(name: string, value: unknown, least: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= least) return value as number
  refuse(name, `a whole number of at least ${String(least)}`, value, 'number')
}

/** Refuses what no timer can wait. */
export function milliseconds(name: string, value: unknown, least = 0): number {
  if (typeof value === 'number' && value >= least && value <= longestTimerMs) return value
  refuse(name, `a number of milliseconds from ${String(least)} to ${String(longestTimerMs)}`, value, 'number')
}

/** Refuses what is none of the `choices`. */
export function oneOf<C extends string>(name: string, value: unknown, choices: readonly C[]): C {
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  refuse(name, `one of ${choices.map(show).join(', ')}`, value, 'string')
}

/** Refuses what is no `AbortSignal`. */
export function abortSignal(value: unknown): AbortSignal | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value) {
    return value as AbortSignal
  }
  refuse('signal', 'an AbortSignal', value)
}

/** Refuses what is no function. */
export function callable<F>(name: string, value: F): F {
  if (value === undefined || typeof value === 'function') return value
  refuse(name, 'a function', value)
}

/** `type` is that of a value which is out of range, and not of the wrong kind. */
export function refuse(name: string, wanted: string, value: unknown, type?: 'number' | 'string'): never {
  throw new (typeof value === type ? RangeError : TypeError)(`${name} must be ${wanted}, not ${show(value)}`)
}

/** A short name of a value for a message: strings quoted, objects by their class. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  if (Symbol.asyncIterator in value) return 'a stream'
  const { name } = (value as { constructor?: { name?: unknown } }).constructor ?? {}
  return typeof name === 'string' && name !== '' ? `an object (${name})` : 'an object'
}
