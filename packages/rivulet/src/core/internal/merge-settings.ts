import type { MergeOptions } from '../merge-options.ts'
import type { Member } from './member.ts'
import { abortSignal, callable, milliseconds, oneOf, wholeNumber } from '../checks/options.ts'

/** Milliseconds that a source has for closing, where nothing else is said. */
export const defaultCleanupTimeoutMs = 5000

/** The options of a merge, checked and complete. */
export interface MergeSettings {
  buffer: number
  errors: 'throw' | 'delay'
  cleanupTimeoutMs: number
  onEnded?: (member: Member) => void
}

export function mergeSettings(options: MergeOptions): MergeSettings {
  const { buffer = 1, errors = 'throw', cleanupTimeoutMs = defaultCleanupTimeoutMs } = options
  abortSignal(options.signal)
  callable('onSuppressed', options.onSuppressed)
  return {
    buffer: wholeNumber('buffer', buffer, 1),
    errors: oneOf('errors', errors, ['throw', 'delay']),
    cleanupTimeoutMs: milliseconds('cleanupTimeoutMs', cleanupTimeoutMs),
  }
}
