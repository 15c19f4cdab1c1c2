import { describe, expect, test } from 'vitest'
import { mergeKeyed } from '../../src/core/merge.ts'
import { mergeSettled } from '../../src/core/merge.ts'
import { merge } from '../../src/core/merge.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { marbles } from '../support/marbles.ts'
import { ProbeSource, gate, readAll } from '../support/probe-source.ts'
import { rejectionOf, settle, stateOf, turn } from '../support/turn.ts'

function failing(error: unknown, ...items: unknown[]): ProbeSource {
  return new ProbeSource({ items, then: { error } })
}

describe("merge with errors: 'throw'", () => {
  test('what had arrived is delivered first, the siblings are stopped at once', async () => {
    const result = await marbles((source) => merge([source('a--#'), source('-b---c|')]))
    expect(result).toEqual({ output: 'ab-#', spans: ['^0', '^0!3'] })
  })

  test('what had arrived unread is delivered before the error, the siblings closed meanwhile', async () => {
    const [a, b, c] = [
      new ProbeSource<string>({ items: ['a'] }),
      new ProbeSource<string>({ items: ['b'] }),
      new ProbeSource<string>(),
    ]
    const stream = merge([a, b, c])
    expect((await stream.next()).value).toBe('a')
    const error = new Error('c')
    c.fail(error)
    await settle()
    expect([a.closed, b.closed, c.closed]).toEqual([1, 1, 0])
    expect((await stream.next()).value).toBe('b')
    expect(await rejectionOf(stream.next())).toBe(error)
    expect((await stream.next()).done).toBe(true)
  })

  test('the error waits until the siblings are closed', async () => {
    const slow = gate()
    const error = new Error('first')
    const stream = merge([failing(error), new ProbeSource({ onReturn: () => slow.promise }).open])
    const next = stream.next()
    next.catch(() => undefined)
    expect(await stateOf(next)).toBe('pending')
    slow.open()
    expect(await rejectionOf(next)).toBe(error)
  })

  test('later errors and those of the closing are kept on the first, and told with their keys', async () => {
    const told: unknown[] = []
    const error = new Error('first')
    const stream = mergeKeyed(
      {
        a: failing(error),
        b: failing('second'),
        c: new ProbeSource({ items: [1], onReturn: () => Promise.reject(new TypeError('closing')) }),
      },
      { onSuppressed: (problem, key) => told.push([String(problem), key]) },
    )
    const seen: unknown[] = []
    expect(
      await rejectionOf(
        (async () => {
          for await (const item of stream) seen.push(item)
        })(),
      ),
    ).toBe(error)
    expect(suppressedErrors(error).map(String).sort()).toEqual(['TypeError: closing', 'second'])
    expect(told.sort()).toEqual([
      ['TypeError: closing', 'c'],
      ['second', 'b'],
    ])
    expect(Object.keys(error)).toEqual([])
  })

  test.each([
    ['a primitive', 0],
    ['undefined', undefined],
    ['a frozen error', Object.freeze(new Error('frozen'))],
  ])('where nothing can be attached, to %s, onSuppressed hears of it all the same', async (_, error) => {
    const told: unknown[] = []
    const stream = merge([failing(error), failing('later')], { onSuppressed: (...problem) => told.push(problem) })
    expect(await rejectionOf(stream.next())).toBe(error)
    expect(told).toEqual([['later', 1]])
    expect(suppressedErrors(error)).toEqual([])
  })

  test('the same object failing twice is not kept on itself', async () => {
    const error = new Error('shared')
    expect(await rejectionOf(merge([failing(error), failing(error)]).next())).toBe(error)
    expect(suppressedErrors(error)).toEqual([])
  })

  test('an error that had arrived but was not delivered when the consumer left goes to onSuppressed', async () => {
    const told: unknown[] = []
    const [a, b] = [new ProbeSource(), new ProbeSource()]
    const stream = mergeKeyed({ a, b }, { onSuppressed: (...problem) => told.push(problem) })
    const first = stream.next()
    a.give(1)
    await first
    b.fail('unseen')
    await settle()
    expect(await stream.return()).toEqual({ done: true, value: undefined })
    expect(told).toEqual([['unseen', 'b']])
  })
})

describe("merge with errors: 'delay'", () => {
  test('the others are read to their end, then an AggregateError has all errors in arrival order', async () => {
    const result = await marbles((source) =>
      merge([source('--#'), source('a#'), source('-b--c|')], { errors: 'delay' }),
    )
    expect(result.output).toBe('ab--c#')
    const [first, second] = [new ProbeSource(), new ProbeSource()]
    const reading = rejectionOf(readAll(merge([first, second], { errors: 'delay' })))
    await turn()
    second.fail(undefined)
    await turn()
    first.fail('last')
    const error = await reading
    expect(error).toBeInstanceOf(AggregateError)
    expect((error as AggregateError).errors).toEqual([undefined, 'last'])
  })

  test('one error comes as an AggregateError too', async () => {
    const error = await rejectionOf(readAll(merge([failing(0), [1]], { errors: 'delay' })))
    expect(error).toBeInstanceOf(AggregateError)
    expect((error as AggregateError).errors).toEqual([0])
  })

  test('an abort on the way throws the reason bare, with what was collected as suppressed', async () => {
    const controller = new AbortController()
    const stream = merge([failing('collected'), new ProbeSource()], { errors: 'delay', signal: controller.signal })
    const next = stream.next()
    await turn()
    const reason = new Error('stop')
    controller.abort(reason)
    expect(await rejectionOf(next)).toBe(reason)
    expect(suppressedErrors(reason)).toEqual(['collected'])
  })

  test('errors of sources that had all ended before an abort win, though items were still unread', async () => {
    const controller = new AbortController()
    const a = new ProbeSource({ items: [1, 2], then: 'end' })
    const stream = merge([a, failing('before')], { errors: 'delay', buffer: 3, signal: controller.signal })
    expect((await stream.next()).value).toBe(1)
    await settle()
    controller.abort(new Error('stop'))
    const error = await rejectionOf(stream.next())
    expect(error).toBeInstanceOf(AggregateError)
    expect((error as AggregateError).errors).toEqual(['before'])
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  test('on break what was collected goes to onSuppressed, with its key', async () => {
    const told: unknown[] = []
    const onSuppressed = (...problem: unknown[]): void => void told.push(problem)
    const stream = mergeKeyed(
      { a: failing('collected'), b: new ProbeSource({ items: [1] }) },
      { errors: 'delay', onSuppressed },
    )
    for await (const _ of stream) {
      await settle()
      break
    }
    expect(told).toEqual([['collected', 'a']])
  })
})

describe('mergeSettled', () => {
  test('never throws for a source: an error is the last item of its source', async () => {
    const seen = await readAll(mergeSettled({ a: failing(undefined, 1), b: [2] }))
    expect(seen.sort()).toEqual(
      [
        ['a', { status: 'fulfilled', value: 1 }],
        ['b', { status: 'fulfilled', value: 2 }],
        ['a', { status: 'rejected', reason: undefined }],
      ].sort(),
    )
    expect(seen.findIndex(([, { status }]) => status === 'rejected')).toBeGreaterThan(0)
  })

  test('the signal ends it with its reason all the same', async () => {
    const controller = new AbortController()
    const stream = mergeSettled({ a: new ProbeSource() }, { signal: controller.signal })
    const next = stream.next()
    controller.abort('stop')
    expect(await rejectionOf(next)).toBe('stop')
  })
})
