// The ways to fail when a source is silent for too long: each makes an async iterable of another and of milliseconds.
import { clearTimeout, setTimeout } from 'node:timers'
import { fromObservable } from './merge.mjs'

export const rivulet = {
  name: 'rivulet',
  load: async () => (await import('rivulet')).idleTimeout,
}

export const idleTimeoutPeers = [
  {
    name: 'rxjs',
    weaker: 'reads ahead without bound; the source is not stopped',
    load: async () => {
      const { from, timeout } = await import('rxjs')
      return (source, idleMs) => fromObservable(from(source).pipe(timeout({ each: idleMs })))
    },
  },
  {
    name: 'ix',
    weaker: 'waits for a stuck source; a timer stays behind for each item',
    load: async () => {
      const { from } = await import('ix/asynciterable')
      const { timeout } = await import('ix/asynciterable/operators')
      return (source, idleMs) => from(source).pipe(timeout(idleMs))
    },
  },
  {
    name: 'effect',
    weaker: 'ends without an error',
    load: async () => {
      const { Stream } = await import('effect')
      return (source, idleMs) =>
        Stream.toAsyncIterable(
          Stream.timeout(
            Stream.fromAsyncIterable(source, (error) => error),
            idleMs,
          ),
        )
    },
  },
  {
    name: 'a race by hand',
    weaker: 'the source is not stopped',
    load: async () => race,
  },
]

/** What everyone writes at first. */
async function* race(source, idleMs) {
  const iterator = source[Symbol.asyncIterator]()
  for (;;) {
    let timer
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('idle')), idleMs)
    })
    try {
      const { done, value } = await Promise.race([iterator.next(), late])
      if (done) return
      yield value
    } finally {
      clearTimeout(timer)
    }
  }
}
