import type { RunInput } from '../run-options.ts'

/**
 * Closes an input that was handed over and that no program will read, where it is an iterator: another run's stdout would
 * wait for its reader for ever. What only makes iterators has none open.
 */
export function closeUnused(input: RunInput | undefined): void {
  if (typeof input !== 'object' || !('return' in input) || typeof input.return !== 'function') return
  const close = input.return.bind(input) as () => unknown
  // What becomes of it is no concern of a run that never began, and whose own error is told.
  new Promise((resolve) => resolve(close())).catch(() => undefined)
}
