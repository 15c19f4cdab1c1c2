import type { ErrorCollector } from '../outlet/error-collector.ts'
import type { Wrap } from './merge-feed.ts'

type Settled = [key: unknown, result: PromiseSettledResult<unknown>]

/** An item with its key. */
export const keyed: Wrap = { item: (key, item) => [key, item] }

/** An item or an error, with its key. */
export const settled: Wrap = {
  item: (key, value) => [key, { status: 'fulfilled', value }],
  error: (key, reason) => [key, { status: 'rejected', reason }],
  discarded(item: unknown, errors: ErrorCollector): void {
    const [key, result] = item as Settled
    if (result.status === 'rejected') errors.add('undelivered', result.reason, key)
  },
}
