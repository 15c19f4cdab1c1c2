// The ways to read one source several times at once: each gives as many async iterables as there are readers.
import { fromObservable } from './merge.mjs'

export const rivulet = {
  name: 'rivulet',
  load: async () => {
    const { share } = await import('rivulet')
    return (source, readers) => {
      const shared = share(source)
      return Array.from({ length: readers }, () => shared.read())
    }
  },
}

export const sharePeers = [
  {
    name: 'rxjs',
    weaker: 'reads ahead without bound; break closes nothing',
    load: async () => {
      const { from, share } = await import('rxjs')
      return (source, readers) => {
        const shared = from(source).pipe(share())
        return Array.from({ length: readers }, () => fromObservable(shared))
      }
    },
  },
  {
    name: 'ix',
    weaker: 'no bound; the source is not closed when all have left',
    load: async () => {
      const { from } = await import('ix/asynciterable')
      const { publish } = await import('ix/asynciterable/operators')
      return (source, readers) => {
        const shared = from(source).pipe(publish())
        return Array.from({ length: readers }, () => shared)
      }
    },
  },
  {
    name: 'effect',
    weaker: 'all readers are there from the start; the source is closed with a scope, and not when all have left',
    load: async () => {
      const { Effect, Scope, Stream } = await import('effect')
      return async (source, readers) => {
        const scope = await Effect.runPromise(Scope.make())
        const streams = await Effect.runPromise(
          Stream.broadcastN(
            Stream.fromAsyncIterable(source, (error) => error),
            { n: readers, capacity: 64 },
          ).pipe(Scope.provide(scope)),
        )
        return streams.map((stream) => Stream.toAsyncIterable(stream))
      }
    },
  },
]
