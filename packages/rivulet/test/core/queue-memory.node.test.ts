import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { Queue } from '../../src/core/queue.ts'
import { settle } from '../support/turn.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

type Pass = (queue: Queue<object>, consumer: AsyncIterator<object>, item: object) => Promise<unknown>

/** Passes an item that nobody else holds, and leaves a weak reference to it. */
async function passed(queue: Queue<object>, consumer: AsyncIterator<object>, pass: Pass): Promise<WeakRef<object>> {
  const item = {}
  await pass(queue, consumer, item)
  return new WeakRef(item)
}

const passes: Record<string, Pass> = {
  'to a next() that waited': async (queue, consumer, item) => {
    const asked = consumer.next()
    await queue.put(item)
    await asked
  },
  'to the second next() that waited': async (queue, consumer, item) => {
    const asked = [consumer.next(), consumer.next()]
    await Promise.all([queue.put({}), queue.put(item), ...asked])
  },
  'to a get() that waited': async (queue, _, item) => {
    const asked = queue.get()
    await queue.put(item)
    await asked
  },
  'from a put() that waited': async (queue, _, item) => {
    await queue.put({})
    await Promise.all([queue.put(item), queue.get(), queue.get()])
  },
  'to a next() that did not wait': async (queue, consumer, item) => {
    await queue.put(item)
    await consumer.next()
  },
}

test.each(Object.entries(passes))('neither a queue nor its consumer keeps an item that went %s', async (_, pass) => {
  const queue = new Queue<object>({ capacity: 1 })
  const consumer = queue[Symbol.asyncIterator]()
  const item = await passed(queue, consumer, pass)
  await settle()
  collectGarbage()
  expect(item.deref()).toBeUndefined()
  // Both are still there.
  expect([queue.size, typeof consumer.next]).toEqual([0, 'function'])
})

test('a queue keeps nothing of the signal of a get() that was answered, nor of one that was aborted', async () => {
  const queue = new Queue<number>({ capacity: 1 })
  const answered = async (): Promise<WeakRef<object>> => {
    const { signal } = new AbortController()
    const asked = queue.get({ signal })
    await queue.put(1)
    await asked
    return new WeakRef(signal)
  }
  const aborted = async (): Promise<WeakRef<object>> => {
    const controller = new AbortController()
    const asked = queue.get({ signal: controller.signal })
    controller.abort('enough')
    await expect(asked).rejects.toBe('enough')
    return new WeakRef(controller.signal)
  }
  for (const ask of [answered, aborted]) {
    const signal = await ask()
    await settle()
    collectGarbage()
    expect(signal.deref()).toBeUndefined()
  }
  expect(queue.size).toBe(0)
})

test('a consumer keeps nothing of calls that waited side by side, however many there were', async () => {
  const queue = new Queue<number>({ capacity: 1 })
  const consumer = queue[Symbol.asyncIterator]()
  const askInPairs = async (pairs: number): Promise<void> => {
    for (let i = 0; i < pairs; i++) await Promise.all([consumer.next(), consumer.next(), queue.put(1), queue.put(2)])
  }
  const heldBytes = (): number => {
    collectGarbage()
    return process.memoryUsage().heapUsed
  }
  await askInPairs(1000)
  const before = heldBytes()
  await askInPairs(50_000)
  expect(heldBytes() - before).toBeLessThan(1_000_000)
  await consumer.return()
})
