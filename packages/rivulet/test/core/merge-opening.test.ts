import { describe, expect, test } from 'vitest'
import { mergeKeyed } from '../../src/core/merge.ts'
import { mergeSettled } from '../../src/core/merge.ts'
import { merge } from '../../src/core/merge.ts'
import { ProbeSource, readAll } from '../support/probe-source.ts'
import { rejectionOf } from '../support/turn.ts'

describe('a source that cannot be opened', () => {
  const unopenable: [string, () => unknown][] = [
    [
      'its function throws',
      () => () => {
        throw new RangeError('cannot')
      },
    ],
    ['its function gives no iterable', () => () => 5],
    ['its function gives nothing', () => () => undefined],
    [
      'its iterator method throws',
      () => ({
        [Symbol.asyncIterator]: () => {
          throw new RangeError('cannot')
        },
      }),
    ],
    ['its iterator method gives no object', () => ({ [Symbol.asyncIterator]: () => 1 })],
    ['its sync iterator method gives no object', () => ({ [Symbol.iterator]: () => null })],
    ['its iterator method is no function', () => ({ [Symbol.asyncIterator]: 1 })],
  ]

  test.each(unopenable)("is that source's error in every mode: %s", async (_, make) => {
    const open = (): { bad: never } => ({ bad: make() as never })
    const thrown = await rejectionOf(readAll(mergeKeyed(open())))
    expect(thrown).toBeInstanceOf(Error)
    const delayed = await rejectionOf(readAll(mergeKeyed({ ...open(), good: [1] }, { errors: 'delay' })))
    expect((delayed as AggregateError).errors[0]).toBeInstanceOf((thrown as Error).constructor)
    const [first, second] = await readAll(mergeSettled({ ...open(), good: [1] }))
    expect(first).toMatchObject(['bad', { status: 'rejected' }])
    expect(second).toEqual(['good', { status: 'fulfilled', value: 1 }])
  })

  test('stops those that were opened, and opens no other', async () => {
    const [before, after] = [new ProbeSource(), new ProbeSource()]
    const error = new Error('cannot')
    const stream = merge([
      before,
      () => {
        throw error
      },
      after,
    ])
    expect(await rejectionOf(stream.next())).toBe(error)
    expect([before.closed, after.opened]).toEqual([1, 0])
  })
})
