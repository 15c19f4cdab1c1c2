import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { merge, Queue } from '../../../src/core/index.ts'
import { Paced } from '../../../src/process/internal/paced.ts'
import { rejectionOf, settle, stateOf } from '../../support/turn.ts'

const done = { done: true, value: undefined }

function pacedOf() {
  const onLeft = vi.fn()
  const queue = new Queue<number>({ capacity: 1000 })
  return { paced: new Paced<number>(onLeft), onLeft, queue, items: merge([queue]) }
}

test('who asks before the turn waits for it, and is answered in the order of the askings', async () => {
  const { paced, queue, items } = pacedOf()
  for (const item of [1, 2]) queue.tryPut(item)
  const [first, second] = [paced.next(), paced.next()]
  expect(await stateOf(first)).toBe('pending')
  paced.start(items)
  expect(await first).toEqual({ done: false, value: 1 })
  expect(await second).toEqual({ done: false, value: 2 })
})

test('what was asked before the turn has asked the items when start() returns, so that leaving them closes them', () => {
  const { paced, items } = pacedOf()
  const asked = vi.spyOn(items, 'next')
  void paced.next()
  void paced.next()
  paced.start(items)
  expect(asked).toHaveBeenCalledTimes(2)
})

test('one that asks after the turn is not answered before one that asked earlier', async () => {
  const { paced, queue, items } = pacedOf()
  const order: string[] = []
  const first = paced.next().then(() => order.push('before the turn'))
  paced.start(items)
  const second = paced.next().then(() => order.push('after the turn'))
  await settle()
  // Both are answered in one go.
  queue.close()
  await Promise.all([first, second])
  expect(order).toEqual(['before the turn', 'after the turn'])
})

test('when all who asked before the turn are answered, the items answer themselves', async () => {
  const { paced, queue, items } = pacedOf()
  queue.tryPut(1)
  const first = paced.next()
  paced.start(items)
  await first
  const answer = new Promise<IteratorResult<number, undefined>>(() => undefined)
  vi.spyOn(items, 'next').mockReturnValue(answer)
  expect(paced.next()).toBe(answer)
})

test('an error of the items is the one of who asked, and the next is asked of them', async () => {
  const { paced, queue, items } = pacedOf()
  const first = paced.next()
  const second = paced.next()
  paced.start(items)
  queue.fail(undefined)
  expect(await rejectionOf(first)).toBeUndefined()
  expect(await second).toEqual(done)
  expect(await paced.next()).toEqual(done)
})

test('where it fails before its turn the first is told why, and the others that it is over', async () => {
  const { paced, onLeft } = pacedOf()
  const nexts = [paced.next(), paced.next()] as const
  paced.fail(undefined)
  expect(await rejectionOf(nexts[0])).toBeUndefined()
  expect(await nexts[1]).toEqual(done)
  expect(await paced.next()).toEqual(done)
  expect(await paced.return()).toEqual(done)
  expect(onLeft).not.toHaveBeenCalled()
})

test('who leaves before the turn is told of once, and nobody waits any more', async () => {
  const { paced, onLeft } = pacedOf()
  const next = paced.next()
  const left = paced.return()
  expect(onLeft).toHaveBeenCalledOnce()
  expect(await Promise.all([next, left, paced.return(), paced.next()])).toEqual([done, done, done, done])
  expect(onLeft).toHaveBeenCalledOnce()
})

test('who leaves after the turn leaves the items', async () => {
  const { paced, onLeft, items } = pacedOf()
  const next = paced.next()
  paced.start(items)
  expect(await paced.return()).toEqual(done)
  expect(await next).toEqual(done)
  expect(await items.next()).toEqual(done)
  expect(onLeft).not.toHaveBeenCalled()
})

test('whenever the turn and the items come, the answers come in the order of the askings', async () => {
  const step = fc.constantFrom<'ask' | 'start' | 'put' | 'turn'>('ask', 'ask', 'start', 'put', 'put', 'turn')
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { paced, queue, items } = pacedOf()
      const answered: number[] = []
      const got: unknown[] = []
      let asked = 0
      let put = 0
      for (const what of steps) {
        if (what === 'ask') {
          const at = asked++
          void paced.next().then(({ value }) => {
            answered.push(at)
            got.push(value)
          })
        } else if (what === 'put') queue.tryPut(put++)
        else if (what === 'turn') await settle()
        else if (paced.items === undefined) paced.start(items)
      }
      if (paced.items === undefined) paced.start(items)
      queue.close()
      await settle()
      expect(answered).toEqual(Array.from({ length: asked }, (_, at) => at))
      expect(got).toEqual(Array.from({ length: asked }, (_, at) => (at < put ? at : undefined)))
    }),
    { numRuns: 200 },
  )
})
