import { abortSignal, callable, milliseconds, oneOf, requireOptions, show, wholeNumber } from '../checks/options.ts'
import { requireSource } from '../checks/sources.ts'
import type { ClosableIterator } from '../closable-iterator.ts'
import type { MergeOptions } from '../merge-options.ts'
import { Outlet } from '../outlet/outlet.ts'
import { defaultCleanupTimeoutMs } from '../source/closing.ts'
import { captureContext } from '../source/context.ts'
import { MergeFeed, type ErrorMode, type MergeSettings, type Wrap } from './merge-feed.ts'

/** A merge of a fixed list of sources, each with its key. */
export function makeMerge<T>(
  maker: string,
  sources: readonly (readonly [unknown, unknown])[],
  wrap: Wrap,
  options: MergeOptions<unknown>,
): ClosableIterator<T> {
  const settings = mergeSettings(maker, options, wrap.error === undefined ? ['throw', 'delay'] : ['settled'])
  for (const [key, source] of sources) requireSource(key, source)
  for (const wanted of settings.until ?? []) {
    if (!sources.some(([key]) => Object.is(key, wanted)))
      throw new TypeError(`until: no source has the key ${show(wanted)}`)
  }
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

/** Checks the options of a merge, and completes them; not all merges have `errors`, and some have `more`. */
export function mergeSettings(
  maker: string,
  options: Omit<MergeOptions<unknown>, 'errors'> & { errors?: string | undefined },
  errorModes: readonly ErrorMode[],
  more: readonly string[] = [],
): MergeSettings {
  const known = ['buffer', 'cleanupTimeoutMs', 'signal', 'onSuppressed', 'until', ...more]
  requireOptions(maker, options, errorModes.length > 1 ? ['errors', ...known] : known)
  const { buffer = 1, errors = errorModes[0], cleanupTimeoutMs = defaultCleanupTimeoutMs, until } = options
  abortSignal(options.signal)
  callable('onSuppressed', options.onSuppressed)
  const wanted = until === undefined ? undefined : new Set<unknown>(Array.isArray(until) ? until : [until])
  if (wanted?.size === 0) throw new TypeError('until must name at least one source')
  return {
    buffer: wholeNumber('buffer', buffer, 1),
    errors: oneOf('errors', errors, errorModes),
    cleanupTimeoutMs: milliseconds('cleanupTimeoutMs', cleanupTimeoutMs),
    until: wanted,
  }
}
