import { oneOf } from '../core/checks/options.ts'

/** The streams that a program writes to. */
export type StreamName = 'stdout' | 'stderr'

/**
 * What becomes of the stream beside the one that is read alone. `'discard'`: it is read and thrown away. `'keep'`: its
 * last 64 KiB are held, as `kept`. `'inherit'`: the program writes it to where our own goes.
 */
export type OtherStream = 'discard' | 'keep' | 'inherit'

/** Refuses what is no `OtherStream`; `name` is the stream it is about. */
export function checkOtherStream(name: StreamName, value: unknown = 'discard'): OtherStream {
  return oneOf(name, value, ['discard', 'keep', 'inherit'])
}
