// The harness loads this module once for each side of a pair: a loop that both had run would know the types of both.

/** Reads a stream to its end, and sees to it that it was not fast because it lost something. */
export async function drain(stream, items) {
  let count = 0
  for await (const item of stream) if (item !== null) count++
  if (count < items) throw new Error(`${count} of ${items} items came`)
}

/** Reads that many items of a stream, then leaves. */
export async function take(stream, items) {
  let count = 0
  for await (const item of stream) if (item !== null && ++count === items) break
}

export async function* generator(items) {
  for (let i = 0; i < items; i++) yield i
}

/** A source written by hand, which never waits. */
export class Iterator {
  #left

  constructor(items) {
    this.#left = items
  }

  next() {
    if (this.#left === 0) return Promise.resolve({ done: true, value: undefined })
    return Promise.resolve({ done: false, value: this.#left-- })
  }

  return() {
    this.#left = 0
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator]() {
    return this
  }
}

/** A source that never has an item, and can be left. */
export class Idle {
  next() {
    return new Promise(() => undefined)
  }

  return() {
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator]() {
    return this
  }
}

/** Shares the items out: `make` is called for each of the sources with its part. */
export function spread(sources, items, make) {
  return Array.from({ length: sources }, () => make(Math.ceil(items / sources)))
}
