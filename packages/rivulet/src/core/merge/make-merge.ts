import { abortSignal, callable, milliseconds, oneOf, wholeNumber } from '../checks/options.ts'
import { requireSource } from '../checks/sources.ts'
import type { ClosableIterator } from '../closable-iterator.ts'
import type { MergeOptions } from '../merge-options.ts'
import { Outlet } from '../outlet/outlet.ts'
import { defaultCleanupTimeoutMs } from '../source/closing.ts'
import { captureContext } from '../source/context.ts'
import { MergeFeed, type MergeSettings, type Wrap } from './merge-feed.ts'

/** A merge of a fixed list of sources, each with its key. */
export function makeMerge<T>(
  sources: readonly (readonly [unknown, unknown])[],
  wrap: Wrap<T>,
  options: MergeOptions,
): ClosableIterator<T> {
  const settings = mergeSettings(options)
  for (const [key, source] of sources) requireSource(key, source)
  const context = captureContext()
  return new Outlet<T>(
    (outlet, errors) => {
      const feed = new MergeFeed(outlet, errors, wrap, settings)
      for (const [key, source] of sources) feed.add(key, source, context)
      return feed
    },
    options.signal,
    options.onSuppressed,
  )
}

/** Checks the options of a merge, and completes them. */
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
