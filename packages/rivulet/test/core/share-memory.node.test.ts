import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { ReaderPosition, SharePlan } from '../../src/core/share/plan.ts'
import { share, type ShareOptions, type SharedReader } from '../../src/core/share.ts'
import { settle } from '../support/turn.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** A source of objects that nobody else holds, given one by one. */
class Maker {
  readonly items: WeakRef<object>[] = []
  #give: (() => void) | undefined;

  [Symbol.asyncIterator](): AsyncIterator<object> {
    return {
      next: () =>
        new Promise((resolve) => {
          this.#give = () => {
            const item = {}
            this.items.push(new WeakRef(item))
            resolve({ done: false, value: item })
          }
        }),
      return: () => Promise.resolve({ done: true, value: undefined }),
    }
  }

  async give(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      this.#give?.()
      await settle()
    }
  }

  /** The items that somebody holds, by their place. */
  async held(): Promise<number[]> {
    await settle()
    collectGarbage()
    return this.items.flatMap((item, at) => (item.deref() === undefined ? [] : [at]))
  }
}

/** Readers that were given the first item. */
async function begin(options: ShareOptions, count: number): Promise<[Maker, ...SharedReader<object>[]]> {
  const maker = new Maker()
  const shared = share(maker, options)
  const readers = Array.from({ length: count }, () => shared.read())
  const first = readers.map((reader) => reader.next())
  await maker.give(1)
  await Promise.all(first)
  return [maker, ...readers]
}

async function take(reader: SharedReader<object> | undefined, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await reader?.next()
}

test('a share holds what a reader has unread, and nothing that all have read', async () => {
  const [maker, fast, slow] = await begin({ buffer: 9 }, 2)
  await maker.give(4)
  await take(fast, 3)
  expect(await maker.held()).toEqual([1, 2, 3, 4])
  await take(slow, 2)
  expect(await maker.held()).toEqual([3, 4])
  await take(slow, 2)
  await take(fast, 1)
  expect(await maker.held()).toEqual([])
})

test('a share holds the last `replay` items, though all have read them', async () => {
  const [maker, reader] = await begin({ buffer: 9, replay: 2 }, 1)
  await maker.give(4)
  await take(reader, 4)
  expect(await maker.held()).toEqual([3, 4])
  expect(reader?.missed).toBe(0)
})

test("with 'drop' a reader that never reads again holds `buffer` items, however many come", async () => {
  const [maker, fast, stalled] = await begin({ buffer: 3, onSlow: 'drop' }, 2)
  for (let i = 0; i < 50; i++) {
    await maker.give(1)
    await take(fast, 1)
  }
  expect(await maker.held()).toEqual([48, 49, 50])
  expect(stalled?.missed).toBe(47)
})

test("with 'drop' nothing is held that all have read, also when they had lost some", async () => {
  const [maker, one, other] = await begin({ buffer: 3, onSlow: 'drop' }, 2)
  await maker.give(9)
  await take(one, 3)
  expect(await maker.held()).toEqual([7, 8, 9])
  await take(other, 3)
  expect(await maker.held()).toEqual([])
  expect([one?.missed, other?.missed]).toEqual([6, 6])
})

test('a reader that never reads again does not hold the places of all that came since', () => {
  const plan = new SharePlan<number>({ replay: 0, buffer: 1, onSlow: 'drop' })
  const position = new ReaderPosition<number>()
  plan.begin(position)
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  for (let item = 0; item < 1_000_000; item++) plan.arrived(item)
  collectGarbage()
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(8 * 1024 * 1024)
  expect(plan.missed(position)).toBe(999_999)
})

test('what a reader had unread that leaves is let go', async () => {
  const [maker, fast, slow] = await begin({ buffer: 9 }, 2)
  await maker.give(4)
  await take(fast, 4)
  expect(await maker.held()).toEqual([1, 2, 3, 4])
  await slow?.return()
  expect(await maker.held()).toEqual([])
  await fast?.return()
})
