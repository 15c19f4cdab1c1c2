// Async queues: each gives `put`, which may wait, and `get`, or else `stream`.

export const rivulet = {
  name: 'rivulet',
  load: async () => {
    const { Queue } = await import('rivulet')
    return (capacity) => {
      const queue = new Queue({ capacity })
      return { put: (item) => queue.put(item), get: () => queue.get() }
    }
  },
}

export const queuePeers = [
  {
    name: 'async-channel',
    weaker: 'a waiting call cannot be aborted',
    load: async () => {
      const { default: channels } = await import('async-channel')
      return (capacity) => {
        const queue = new channels.Channel(capacity)
        return { put: (item) => queue.push(item), get: () => queue.get() }
      }
    },
  },
  {
    name: '@esfx/async-queue',
    weaker: 'no bound, no end',
    load: async () => {
      const { AsyncQueue } = await import('@esfx/async-queue')
      return () => {
        const queue = new AsyncQueue()
        return { put: async (item) => queue.put(item), get: () => queue.get() }
      }
    },
  },
  {
    name: 'it-pushable',
    weaker: 'no bound',
    load: async () => {
      const { pushable } = await import('it-pushable')
      return () => {
        const queue = pushable({ objectMode: true })
        return { put: async (item) => queue.push(item), get: () => queue.next() }
      }
    },
  },
  {
    name: 'repeater',
    weaker: 'one producer only; undefined ends it',
    load: async () => {
      const { FixedBuffer, Repeater } = await import('@repeaterjs/repeater')
      return (capacity) => {
        let put
        const queue = new Repeater((push) => void (put = push), new FixedBuffer(capacity))
        return { put: (item) => put(item), get: () => queue.next() }
      }
    },
  },
  {
    name: 'effect',
    load: async () => {
      const { Effect, Queue } = await import('effect')
      return (capacity) => {
        const queue = Effect.runSync(Queue.bounded(capacity))
        return {
          put: (item) => Effect.runPromise(Queue.offer(queue, item)),
          get: () => Effect.runPromise(Queue.take(queue)),
        }
      }
    },
  },
]
