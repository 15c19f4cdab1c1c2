import { queuePeers, rivulet } from '../peers/queue.mjs'

/** The least that a bounded queue of one producer and one consumer can be: no end, no abort, no order among those who wait. */
class Bare {
  #items
  #capacity
  #head = 0
  #size = 0
  #getter
  #putter
  #waiting
  #settled = Promise.resolve()

  constructor(capacity) {
    this.#capacity = capacity
    this.#items = new Array(capacity)
  }

  put(item) {
    if (this.#getter !== undefined) {
      const getter = this.#getter
      this.#getter = undefined
      getter(item)
      return this.#settled
    }
    if (this.#size < this.#capacity) {
      this.#store(item)
      return this.#settled
    }
    this.#waiting = item
    return new Promise((resolve) => (this.#putter = resolve))
  }

  get() {
    if (this.#size === 0) return new Promise((resolve) => (this.#getter = resolve))
    const item = this.#items[this.#head]
    this.#items[this.#head] = undefined
    this.#head = this.#head + 1 === this.#capacity ? 0 : this.#head + 1
    this.#size--
    if (this.#putter !== undefined) {
      const putter = this.#putter
      this.#putter = undefined
      this.#store(this.#waiting)
      putter()
    }
    return Promise.resolve(item)
  }

  #store(item) {
    const end = this.#head + this.#size++
    this.#items[end < this.#capacity ? end : end - this.#capacity] = item
  }
}

/** The same as a stream: what is put in is a result already. */
class BareStream {
  #queue

  constructor(capacity) {
    this.#queue = new Bare(capacity)
  }

  put(item) {
    return this.#queue.put({ done: false, value: item })
  }

  next() {
    return this.#queue.get()
  }

  [Symbol.asyncIterator]() {
    return this
  }
}

async function produce(queue, items) {
  for (let i = 0; i < items; i++) await queue.put(i)
}

/** One producer and one consumer. A Repeater can be put into only when it has been asked, so that the consumer begins. */
async function run(queue, items, consume) {
  const consuming = consume(queue, items)
  await produce(queue, items)
  await consuming
}

async function getEach(queue, items) {
  for (let i = 0; i < items; i++) await queue.get()
}

/** Slower than the producer, so that the queue is full. */
async function getSlowly(queue, items) {
  for (let i = 0; i < items; i++) {
    await queue.get()
    for (let j = 0; j < 3; j++) await undefined
  }
}

const row = (work, capacity, Least, peers, consumer) => ({
  work,
  target: 1.2,
  items: 20_000,
  baseline: {
    name: 'the least one by hand',
    prepare: (kit) => (items) => run(new Least(capacity), items, consumer(kit)),
  },
  contenders: [rivulet, ...peers].map(({ name, weaker, load }) => ({
    name,
    weaker,
    prepare: async (kit) => {
      const make = await load()
      return (items) => run(make(capacity), items, consumer(kit))
    },
  })),
})

const bounded = queuePeers.filter(({ isBounded }) => isBounded)
const iterable = queuePeers.filter(({ isIterable }) => isIterable)

/** Two queues that a merge reads: what is compared is the queue, for the merge is the same. */
const merging = (load) => async (kit) => {
  const [{ merge }, make] = [await import('rivulet'), await load()]
  return async (items) => {
    const queues = [make(64), make(64)]
    const reading = kit.take(merge(queues), items)
    await Promise.all(queues.map((queue) => produce(queue, items / queues.length)))
    await reading
  }
}

export const rows = [
  row('Queue of capacity 1', 1, Bare, queuePeers, () => getEach),
  row('Queue of capacity 64', 64, Bare, queuePeers, () => getEach),
  row('Queue of capacity 64 that is full', 64, Bare, bounded, () => getSlowly),
  row('Queue of capacity 64 read by for await', 64, BareStream, iterable, (kit) => kit.take),
  {
    work: 'Queues of capacity 64 read by a merge of 2',
    target: 1.2,
    items: 20_000,
    baseline: { name: 'the least ones by hand', prepare: merging(() => (capacity) => new BareStream(capacity)) },
    contenders: [{ name: rivulet.name, prepare: merging(rivulet.load) }],
  },
]
