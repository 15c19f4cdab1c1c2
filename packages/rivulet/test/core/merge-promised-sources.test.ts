import { describe, expect, test } from 'vitest'
import { merge, mergeKeyed } from '../../src/core/merge.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { ProbeSource, gate, readAll } from '../support/probe-source.ts'
import { rejectionOf, settle, stateOf } from '../support/turn.ts'

describe('a function that gives a promise of a source', () => {
  test('is called at the first next(), and read when the promise is fulfilled', async () => {
    let calls = 0
    const stream = merge([
      async () => {
        calls++
        await Promise.resolve()
        return ['a', 'b']
      },
    ])
    expect(calls).toBe(0)
    expect(await readAll(stream)).toEqual(['a', 'b'])
    expect(calls).toBe(1)
  })

  test('keeps nobody else waiting while it is being opened', async () => {
    const opening = gate<string[]>()
    const stream = mergeKeyed({ slow: () => opening.promise, fast: ['first'] })
    expect((await stream.next()).value).toEqual(['fast', 'first'])
    opening.open(['then'])
    expect((await stream.next()).value).toEqual(['slow', 'then'])
    expect((await stream.next()).done).toBe(true)
  })

  test('an error on the way, or what is no source, is the error of that source', async () => {
    const failed = new Error('refused')
    expect(await rejectionOf(readAll(merge([() => Promise.reject(failed)])))).toBe(failed)
    const error = await rejectionOf(readAll(merge([() => Promise.resolve(5 as unknown as number[])])))
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toContain('5')
  })

  test('what comes after the telling is closed and not asked, and that is awaited', async () => {
    const probe = new ProbeSource<number>({ items: [1] })
    const opening = gate<ProbeSource<number>>()
    const stream = mergeKeyed({ late: () => opening.promise, other: ['item'] })
    await stream.next()
    const left = stream.return()
    expect(await stateOf(left)).toBe('pending')
    opening.open(probe)
    expect(await left).toEqual({ done: true, value: undefined })
    expect(probe).toMatchObject({ opened: 1, asked: 0, closed: 1 })
  })

  test('a rejection that is the abort which it was told is no error', async () => {
    const heard: unknown[] = []
    const fetching = (signal: AbortSignal): Promise<string[]> =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error)
        })
      })
    const stream = merge([fetching, ['item']], { onSuppressed: (error) => heard.push(error) })
    for await (const _ of stream) break
    await settle()
    expect(heard).toEqual([])
    const controller = new AbortController()
    const aborted = merge([fetching], { signal: controller.signal }).next()
    const reason = new Error('stop')
    controller.abort(reason)
    expect(await rejectionOf(aborted)).toBe(reason)
    expect(suppressedErrors(reason)).toEqual([])
  })

  test('another rejection after the telling is an error of the closing', async () => {
    const opening = gate<string[]>()
    const stream = mergeKeyed({ late: () => opening.promise, other: ['item'] })
    await stream.next()
    const left = stream.return()
    opening.break(new Error('while opening'))
    expect(String(await rejectionOf(left))).toBe('Error: while opening')
  })
})
