import { constants } from 'node:buffer'
import { LineSplitter, type LineOptions } from '../../core/index.ts'
import type { CollectOptions } from '../collected-run.ts'
import type { OtherStream } from '../other-stream.ts'
import type { StreamName } from './stream-name.ts'

/** Refuses them before anything is started, as the block `lines` would after. */
export function requireLineOptions(options: LineOptions): void {
  new LineSplitter(options)
}

/** The limit of what is collected, which has to fit into a string. */
export function requireMaxBytes({ maxBytes = 8 * 1024 * 1024 }: CollectOptions): number {
  const most = constants.MAX_STRING_LENGTH
  if (typeof maxBytes !== 'number') throw new TypeError('maxBytes must be a number of bytes')
  if (!(Number.isInteger(maxBytes) && maxBytes >= 0 && maxBytes <= most)) {
    throw new RangeError(`maxBytes must be an integer from 0 to ${String(most)}, not ${String(maxBytes)}`)
  }
  return maxBytes
}

/** What becomes of the stream that is not read. */
export function requireOtherStream(name: StreamName, value: OtherStream = 'discard'): OtherStream {
  if (!['discard', 'keep', 'inherit'].includes(value)) {
    throw new TypeError(`${name} must be 'discard', 'keep' or 'inherit', not ${JSON.stringify(value)}`)
  }
  return value
}
