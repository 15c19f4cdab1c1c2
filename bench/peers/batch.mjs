// The ways to gather items in arrays: each makes an async iterable of arrays of `size`, given after `ms` where they are not full.
import { fromObservable } from './merge.mjs'

export const rivulet = {
  name: 'rivulet',
  load: async () => {
    const { batch } = await import('rivulet')
    return (source, size, ms) => batch(source, { size, ms })
  },
}

export const batchPeers = [
  {
    name: 'rxjs',
    weaker: 'reads ahead without bound; break closes nothing; what was gathered before an error is lost',
    load: async () => {
      const { from, bufferCount, bufferTime, filter } = await import('rxjs')
      return (source, size, ms) =>
        fromObservable(
          ms === undefined
            ? from(source).pipe(bufferCount(size))
            : from(source).pipe(
                bufferTime(ms, null, size),
                filter(({ length }) => length > 0),
              ),
        )
    },
  },
  {
    name: 'ix',
    weaker: 'what was gathered before an error is lost; break waits for a stuck source',
    load: async () => {
      const { from } = await import('ix/asynciterable')
      const { buffer, bufferCountOrTime } = await import('ix/asynciterable/operators')
      return (source, size, ms) => from(source).pipe(ms === undefined ? buffer(size) : bufferCountOrTime(size, ms))
    },
  },
  {
    name: 'streaming-iterables',
    weaker: 'what was gathered before an error is lost; break waits for a stuck source',
    load: async () => {
      const { batch, batchWithTimeout } = await import('streaming-iterables')
      return (source, size, ms) => (ms === undefined ? batch(size, source) : batchWithTimeout(size, ms, source))
    },
  },
  {
    name: 'effect',
    weaker: 'by time, what was gathered before an error is lost',
    load: async () => {
      const { Stream } = await import('effect')
      return (source, size, ms) => {
        const stream = Stream.fromAsyncIterable(source, (error) => error)
        return Stream.toAsyncIterable(
          ms === undefined ? Stream.grouped(stream, size) : Stream.groupedWithin(stream, size, ms),
        )
      }
    },
  },
]
