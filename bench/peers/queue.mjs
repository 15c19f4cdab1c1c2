// Async queues. Each gives `put`, which waits while one that is bounded is full, and `get`; an iterable one, `for await` too.

export const rivulet = {
  name: 'rivulet',
  isBounded: true,
  isIterable: true,
  load: async () => {
    const { Queue } = await import('rivulet')
    return (capacity) => new Queue({ capacity })
  },
}

/** Calls a queue whose own names are others. */
const calling = (queue, put, get) => ({ put, get, [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator]() })

export const queuePeers = [
  {
    name: 'async-channel',
    weaker: 'a waiting call cannot be aborted',
    isBounded: true,
    isIterable: true,
    load: async () => {
      const { default: channels } = await import('async-channel')
      return (capacity) => {
        const queue = new channels.Channel(capacity)
        return calling(
          queue,
          (item) => queue.push(item),
          () => queue.get(),
        )
      }
    },
  },
  {
    name: 'medium',
    weaker: 'no error at the end; a waiting put() is not refused; no iterator',
    isBounded: true,
    load: async () => {
      const { default: csp } = await import('medium')
      return (capacity) => {
        const queue = csp.chan(capacity)
        return { put: (item) => csp.put(queue, item), get: () => csp.take(queue) }
      }
    },
  },
  {
    name: '@thi.ng/csp',
    weaker: 'a waiting call cannot be aborted; no error at the end; undefined is skipped; at most 1,024 may wait',
    isBounded: true,
    isIterable: true,
    load: async () => {
      const { Channel } = await import('@thi.ng/csp')
      return (capacity) => {
        const queue = new Channel(capacity)
        return calling(
          queue,
          (item) => queue.write(item),
          () => queue.read(),
        )
      }
    },
  },
  {
    name: 'channel-ts',
    weaker: 'no bound; a waiting call cannot be aborted; null ends it',
    isIterable: true,
    load: async () => {
      const { SimpleChannel } = await import('channel-ts')
      return () => {
        const queue = new SimpleChannel()
        return calling(
          queue,
          (item) => queue.send(item),
          () => queue.receive(),
        )
      }
    },
  },
  {
    name: 'consumer-queue',
    weaker: 'no bound, no end, no iterator; only one call may wait',
    load: async () => {
      const { default: ConsumerQueue } = await import('consumer-queue')
      return () => {
        const queue = new ConsumerQueue()
        return { put: (item) => queue.push(item), get: () => queue.pop() }
      }
    },
  },
  {
    name: '@esfx/async-queue',
    weaker: 'no bound, no end, no iterator',
    load: async () => {
      const { AsyncQueue } = await import('@esfx/async-queue')
      return () => new AsyncQueue()
    },
  },
  {
    name: 'event-iterator',
    weaker: 'no bound',
    isIterable: true,
    load: async () => {
      const { EventIterator } = await import('event-iterator')
      return () => {
        let put
        const listen = (queue) => void (put = queue.push)
        const iterator = new EventIterator(listen, { highWaterMark: undefined })[Symbol.asyncIterator]()
        return { put: (item) => put(item), get: () => iterator.next(), [Symbol.asyncIterator]: () => iterator }
      }
    },
  },
  {
    name: 'queueable',
    weaker: 'the oldest is dropped where put() should wait, here without a bound; no error at the end',
    isIterable: true,
    load: async () => {
      const { Channel } = await import('queueable')
      return () => {
        const queue = new Channel()
        return calling(
          queue,
          (item) => void queue.push(item),
          () => queue.next(),
        )
      }
    },
  },
  {
    name: 'it-pushable',
    weaker: 'no bound',
    isIterable: true,
    load: async () => {
      const { pushable } = await import('it-pushable')
      return () => {
        const queue = pushable({ objectMode: true })
        return calling(
          queue,
          (item) => void queue.push(item),
          () => queue.next(),
        )
      }
    },
  },
  {
    name: 'it-queueless-pushable',
    weaker: 'holds one item; a waiting next() cannot be aborted, a second one fails; null ends it',
    isIterable: true,
    load: async () => {
      const { queuelessPushable } = await import('it-queueless-pushable')
      return () => {
        const queue = queuelessPushable()
        return calling(
          queue,
          (item) => queue.push(item),
          () => queue.next(),
        )
      }
    },
  },
  {
    name: '@n1ru4l/push-pull-async-iterable-iterator',
    weaker: 'no bound; leaving waits for a pending next()',
    isIterable: true,
    load: async () => {
      const { makePushPullAsyncIterableIterator } = await import('@n1ru4l/push-pull-async-iterable-iterator')
      return () => {
        const { pushValue, asyncIterableIterator: queue } = makePushPullAsyncIterableIterator()
        return calling(queue, pushValue, () => queue.next())
      }
    },
  },
  {
    name: 'ix AsyncSink',
    weaker: 'no bound; a waiting call cannot be aborted',
    isIterable: true,
    load: async () => {
      const { AsyncSink } = await import('ix/asynciterable/asyncsink')
      return () => {
        const queue = new AsyncSink()
        return calling(
          queue,
          (item) => queue.write(item),
          () => queue.next(),
        )
      }
    },
  },
  {
    name: 'repeater',
    weaker: 'one producer only; undefined ends it',
    isBounded: true,
    isIterable: true,
    load: async () => {
      const { FixedBuffer, Repeater } = await import('@repeaterjs/repeater')
      return (capacity) => {
        let put
        const queue = new Repeater((push) => void (put = push), new FixedBuffer(capacity))
        return calling(
          queue,
          (item) => put(item),
          () => queue.next(),
        )
      }
    },
  },
  {
    name: 'TransformStream',
    weaker: 'a waiting call cannot be aborted; one reader at a time',
    isBounded: true,
    isIterable: true,
    load: async () => (capacity) => {
      const { writable, readable } = new globalThis.TransformStream(
        {},
        { highWaterMark: capacity },
        { highWaterMark: 0 },
      )
      const writer = writable.getWriter()
      let reader
      return {
        put: (item) => writer.write(item),
        get: () => (reader ??= readable.getReader()).read(),
        [Symbol.asyncIterator]: () => readable[Symbol.asyncIterator](),
      }
    },
  },
  {
    name: 'effect',
    isBounded: true,
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
