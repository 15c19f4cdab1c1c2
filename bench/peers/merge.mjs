// The ways to merge: each is loaded only where it is measured, and makes an async iterable of a list of sources.

/** Above this many sources, the peers that look at each of them for each item would take hours. */
const fewSources = 100

export const rivulet = {
  name: 'rivulet',
  load: async () => (await import('rivulet')).merge,
}

const peers = [
  {
    name: 'ix',
    weaker: 'O(sources) an item; the first sources starve the last; siblings are not closed',
    most: fewSources,
    load: async () => {
      const { merge } = await import('ix/asynciterable/merge')
      return (sources) => merge(...sources)
    },
  },
  {
    name: 'streaming-iterables',
    weaker: 'siblings are not closed; break waits for a stuck source',
    load: async () => {
      const { parallelMerge } = await import('streaming-iterables')
      return (sources) => parallelMerge(...sources)
    },
  },
  {
    name: 'repeater',
    weaker: 'a clean-up error replaces the first; undefined ends a stream',
    load: async () => {
      const { Repeater } = await import('@repeaterjs/repeater')
      return (sources) => Repeater.merge(sources)
    },
  },
  {
    name: 'it-merge',
    weaker: 'some errors are lost; null ends a stream; siblings are not closed',
    load: async () => {
      const { default: merge } = await import('it-merge')
      return (sources) => merge(...sources)
    },
  },
  {
    name: 'rxjs',
    weaker: 'reads ahead without bound; break closes nothing',
    load: async () => {
      const { from, mergeAll } = await import('rxjs')
      return (sources) => fromObservable(from(sources).pipe(mergeAll()))
    },
  },
  {
    name: 'effect',
    weaker: 'reads 16 items ahead',
    load: async () => {
      const { Stream } = await import('effect')
      return (sources) => {
        const streams = sources.map((source) => Stream.fromAsyncIterable(source, (error) => error))
        return Stream.toAsyncIterable(Stream.mergeAll(streams, { concurrency: 'unbounded' }))
      }
    },
  },
  {
    name: 'shared queue by hand',
    weaker: 'no clean-up; break leaves every source running',
    load: async () => sharedQueue,
  },
]

/** Those that can be asked to merge that many. */
export const mergePeers = (sources) => peers.filter(({ most = Infinity }) => sources <= most)

/** What everyone writes at first: one loop a source, one list, one who waits. */
async function* sharedQueue(sources) {
  const items = []
  let wake = () => undefined
  let reading = sources.length
  const read = async (source) => {
    for await (const item of source) {
      await new Promise((taken) => {
        items.push({ item, taken })
        wake()
      })
    }
    reading--
    wake()
  }
  for (const source of sources) void read(source)
  while (reading > 0 || items.length > 0) {
    if (items.length === 0) {
      await new Promise((resolve) => (wake = resolve))
      continue
    }
    const { item, taken } = items.shift()
    taken()
    yield item
  }
}

/** The bridge back that an observable needs: what it pushes has to be kept until it is asked for. */
export async function* fromObservable(observable) {
  const items = []
  let wake = () => undefined
  let isOver = false
  observable.subscribe({
    next: (item) => {
      items.push(item)
      wake()
    },
    complete: () => {
      isOver = true
      wake()
    },
  })
  let taken = 0
  while (!isOver || taken < items.length) {
    if (taken < items.length) {
      yield items[taken++]
      continue
    }
    items.length = taken = 0
    await new Promise((resolve) => (wake = resolve))
  }
}
