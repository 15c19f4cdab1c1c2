import { describe, expect, test } from 'vitest'
import { mergeKeyed, merge, mergeSettled } from '../../src/core/merge.ts'
import { MergeMap } from '../../src/core/merge-map.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { marbles } from '../support/marbles.ts'
import { ProbeSource, readAll } from '../support/probe-source.ts'
import { rejectionOf, settle } from '../support/turn.ts'

describe('until', () => {
  test('ends the merge when the named source has ended, and closes the others', async () => {
    const result = await marbles((source) => merge([source('a-b--|'), source('-1-2-----3')], { until: 0 }))
    expect(result.output).toBe('a1b2-|')
    expect(result.spans).toEqual(['^0', '^0!5'])
  })

  test('waits for all of several keys, in whichever order they end', async () => {
    const [a, b, rest] = [new ProbeSource<number>(), new ProbeSource<number>(), new ProbeSource<number>()]
    const stream = mergeKeyed({ a, b, rest }, { until: ['a', 'b'] })
    const next = stream.next()
    b.end()
    await settle()
    expect(rest.closed).toBe(0)
    a.end()
    expect(await next).toEqual({ done: true, value: undefined })
    expect(rest.closed).toBe(1)
  })

  test('what had arrived is delivered before the end', async () => {
    const [model, rest] = [new ProbeSource({ items: ['only'] }), new ProbeSource({ items: [1, 2, 3] })]
    const stream = mergeKeyed({ model, rest }, { until: 'model', buffer: 5 })
    const seen: unknown[] = [(await stream.next()).value]
    await settle()
    model.end()
    await settle()
    for await (const pair of stream) seen.push(pair)
    expect(seen).toEqual([
      ['model', 'only'],
      ['rest', 1],
      ['rest', 2],
      ['rest', 3],
    ])
    expect(rest.closed).toBe(1)
  })

  test('ends while nobody asks, too', async () => {
    const [model, rest] = [new ProbeSource<number>({ items: [1] }), new ProbeSource<number>()]
    const stream = mergeKeyed({ model, rest }, { until: 'model', buffer: 2 })
    await stream.next()
    model.end()
    await settle()
    expect(rest.closed).toBe(1)
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  test('the end waits until the others are closed, and a clean-up error of theirs is thrown by that next()', async () => {
    const broken = new ProbeSource({ onReturn: () => Promise.reject(new Error('clean-up')) })
    const also = new ProbeSource({ onReturn: () => Promise.reject(new Error('later')) })
    const told: unknown[] = []
    const onSuppressed = (error: unknown, key: unknown): void => void told.push([String(error), key])
    const stream = mergeKeyed({ model: [], broken, also }, { until: 'model', onSuppressed })
    const error = await rejectionOf(stream.next())
    expect(String(error)).toBe('Error: clean-up')
    expect(suppressedErrors(error).map(String)).toEqual(['Error: later'])
    expect(told).toEqual([['Error: later', 'also']])
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  test('an error of the named source is thrown as any other, unless errors are no end of the merge', async () => {
    const boom = new Error('boom')
    const failing = new ProbeSource({ then: { error: boom } })
    const rest = (): ProbeSource<number> => new ProbeSource<number>()
    expect(await rejectionOf(readAll(mergeKeyed({ failing, rest: rest() }, { until: 'failing' })))).toBe(boom)
    const delayed = new ProbeSource({ then: { error: boom } })
    const error = await rejectionOf(
      readAll(mergeKeyed({ delayed, rest: rest() }, { until: 'delayed', errors: 'delay' })),
    )
    expect((error as AggregateError).errors).toEqual([boom])
    const settledSource = new ProbeSource({ then: { error: boom } })
    expect(await readAll(mergeSettled({ settled: settledSource, rest: rest() }, { until: 'settled' }))).toEqual([
      ['settled', { status: 'rejected', reason: boom }],
    ])
  })

  test('a failure of another source ends the merge before', async () => {
    const stream = mergeKeyed(
      { model: new ProbeSource(), other: new ProbeSource({ then: { error: 0 } }) },
      { until: 'model' },
    )
    expect(await rejectionOf(readAll(stream))).toBe(0)
  })

  test('an abort after the end of the named source changes nothing', async () => {
    const controller = new AbortController()
    let close: () => void = () => undefined
    const slow = new ProbeSource({ onReturn: () => new Promise<void>((resolve) => (close = resolve)) })
    const stream = mergeKeyed({ model: [], slow }, { until: 'model', signal: controller.signal })
    const next = stream.next()
    await settle()
    controller.abort(new Error('late'))
    close()
    expect(await next).toEqual({ done: true, value: undefined })
  })

  test('is checked at the call: a key that is not there, an empty list', () => {
    const source = new ProbeSource<number>()
    expect(() => merge([source], { until: 1 })).toThrow(new TypeError('until: no source has the key 1'))
    expect(() =>
      mergeKeyed(new Map<string, ProbeSource<number>>([['source', source]]), { until: ['source', 'sorce'] }),
    ).toThrow("no source has the key 'sorce'")
    expect(() => merge([source], { until: [] })).toThrow(TypeError)
    expect(source.opened).toBe(0)
  })

  test('a MergeMap ends when the sources under the keys have ended, which may be set later', async () => {
    const rest = new ProbeSource<string>()
    const map = new MergeMap<string, string>({ until: 'model' }).set('rest', rest)
    const next = map.next()
    map.set('model', ['token'])
    expect((await next).value).toEqual(['model', 'token'])
    expect(await map.next()).toEqual({ done: true, value: undefined })
    expect(rest.closed).toBe(1)
  })
})
