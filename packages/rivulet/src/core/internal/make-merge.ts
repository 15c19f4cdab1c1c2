import type { ClosableIterator } from '../closable-iterator.ts'
import type { MergeOptions } from '../merge-options.ts'
import { captureContext } from './context.ts'
import { MergeFeed, type Wrap } from './merge-feed.ts'
import { mergeSettings } from './merge-settings.ts'
import { isSource } from './open-source.ts'
import { show } from '../checks/options.ts'
import { Outlet } from './outlet.ts'
import { Problems } from './problems.ts'

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
    (outlet, ending) => {
      const feed = new MergeFeed(outlet, ending, wrap, settings)
      for (const [key, source] of sources) feed.add(key, source, context)
      return feed
    },
    options.signal,
    new Problems(options.onSuppressed),
  )
}

export function requireSource(key: unknown, source: unknown): void {
  if (isSource(source)) return
  throw new TypeError(
    `Source ${show(key)} is neither iterable nor a function that makes an iterable, but ${show(source)}`,
  )
}
