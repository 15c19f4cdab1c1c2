import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { CleanupTimeoutError } from '../../src/core/errors.ts'
import { MergeMap } from '../../src/core/merge-map.ts'
import { merge } from '../../src/core/merge.ts'
import { settle } from '../support/turn.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** What could hold something and is still there. */
const kept: unknown[] = []

/** Makes an item that nobody holds but who is given it. */
class Maker {
  #item: WeakRef<object> | undefined

  make(): object {
    const item = {}
    this.#item = new WeakRef(item)
    return item
  }

  async isHeld(): Promise<boolean> {
    await settle()
    collectGarbage()
    return this.#item?.deref() !== undefined
  }
}

/** Yields one item; its clean-up never ends. */
async function* stuck(maker: Maker): AsyncGenerator<object> {
  try {
    yield maker.make()
  } finally {
    await new Promise((resolve) => kept.push(resolve))
  }
}

/** Has its items sooner than the others. */
const endless = {
  [Symbol.asyncIterator]: () => ({
    next: () => Promise.resolve({ done: false, value: {} }),
    return: () => Promise.resolve({ done: true as const, value: undefined }),
  }),
}

const cleanupTimeoutMs = 1

test.each([
  ['waited', []],
  ['did not wait', [endless]],
])('a merge does not keep the item that it gave to a next() that %s', async (_, sooner) => {
  const maker = new Maker()
  async function* making(): AsyncGenerator<object> {
    for (;;) yield await Promise.resolve(maker.make())
  }
  const stream = merge([...sooner, making()])
  kept.push(stream)
  for (let i = 0; i <= sooner.length; i++) {
    await stream.next()
    await settle()
  }
  // Asked again only at the next next(), it has made one item, the one that was given last.
  expect(await maker.isHeld()).toBe(false)
})

test('a merge that was left keeps neither what it gave nor what was unread, though a clean-up never ends', async () => {
  const [given, unread] = [new Maker(), new Maker()]
  const stream = merge([stuck(given), stuck(unread)], { cleanupTimeoutMs })
  kept.push(stream)
  await stream.next()
  await settle()
  await expect(stream.return()).rejects.toBeInstanceOf(CleanupTimeoutError)
  expect([await given.isHeld(), await unread.isHeld()]).toEqual([false, false])
})

test('a merge that was aborted does not keep what was unread, though a clean-up never ends', async () => {
  const unread = new Maker()
  const controller = new AbortController()
  const stream = merge([endless, stuck(unread)], { cleanupTimeoutMs, signal: controller.signal })
  kept.push(stream)
  await stream.next()
  await settle()
  controller.abort('enough')
  await expect(stream.next()).rejects.toBe('enough')
  expect(await unread.isHeld()).toBe(false)
})

test('a MergeMap does not keep the unread item of a source that was removed, though its clean-up never ends', async () => {
  const unread = new Maker()
  const map = new MergeMap<string, object>({ cleanupTimeoutMs }).set('endless', endless).set('stuck', stuck(unread))
  kept.push(map)
  await map.next()
  await settle()
  await expect(map.delete('stuck')).rejects.toBeInstanceOf(CleanupTimeoutError)
  expect(await unread.isHeld()).toBe(false)
  await map.return()
})

test('a source whose clean-up never ends keeps none of those that were never opened', async () => {
  const opened = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: false, value: {} }),
      return: () => new Promise<IteratorResult<object>>((resolve) => kept.push(resolve)),
    }),
  }
  const map = new MergeMap<string, object>({ cleanupTimeoutMs }).set('opened', opened)
  await map.next()
  const unopened = ['a', 'b', 'c'].map((key) => {
    const source = { ...endless }
    map.set(key, source)
    return new WeakRef(source)
  })
  await expect(map.return()).rejects.toBeInstanceOf(CleanupTimeoutError)
  await settle()
  collectGarbage()
  expect(unopened.filter((source) => source.deref() !== undefined)).toEqual([])
})
