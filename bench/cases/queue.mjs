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

  constructor(capacity) {
    this.#capacity = capacity
    this.#items = new Array(capacity)
  }

  put(item) {
    if (this.#getter !== undefined) {
      const getter = this.#getter
      this.#getter = undefined
      getter(item)
      return Promise.resolve()
    }
    if (this.#size < this.#capacity) {
      this.#store(item)
      return Promise.resolve()
    }
    this.#waiting = item
    return new Promise((resolve) => (this.#putter = resolve))
  }

  get() {
    if (this.#size === 0) return new Promise((resolve) => (this.#getter = resolve))
    const item = this.#items[this.#head]
    this.#items[this.#head] = undefined
    this.#head = (this.#head + 1) % this.#capacity
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
    this.#items[(this.#head + this.#size++) % this.#capacity] = item
  }
}

/** One producer and one consumer, each waiting for its call. */
async function handOver(queue, items) {
  const produce = async () => {
    for (let i = 0; i < items; i++) await queue.put(i)
  }
  const consume = async () => {
    for (let i = 0; i < items; i++) await queue.get()
  }
  // A Repeater can be put into only when it has been asked.
  const consuming = consume()
  await produce()
  await consuming
}

const baseline = (capacity) => ({
  name: 'the least one by hand',
  prepare: () => (items) => handOver(new Bare(capacity), items),
})

const handing = (capacity, { name, weaker, load }) => ({
  name,
  weaker,
  prepare: async () => {
    const make = await load()
    return (items) => handOver(make(capacity), items)
  },
})

export const rows = [1, 64].map((capacity) => ({
  work: `Queue of capacity ${capacity}`,
  target: 1.2,
  items: 20_000,
  baseline: baseline(capacity),
  contenders: [rivulet, ...queuePeers].map((queue) => handing(capacity, queue)),
}))
