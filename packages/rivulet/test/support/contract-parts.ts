import { expect, test } from 'vitest'
import type { ClosableIterator } from '../../src/core/closable-iterator.ts'
import { gate, readAll, type ProbeSource } from './probe-source.ts'
import { SignalProbe } from './signal-probe.ts'
import { rejectionOf, settle, stateOf } from './turn.ts'
import { collectUnhandled } from './unhandled.ts'

/** What the operator is to be fed with: these items, and then this. */
export interface Script {
  items?: readonly unknown[]
  then?: 'wait' | 'end' | { error: unknown }
  onReturn?: () => PromiseLike<unknown>
  signal?: AbortSignal
}

export interface Subject {
  stream: ClosableIterator<unknown>
  /** The source it reads, where it holds one. */
  probe?: ProbeSource
  /** Whether anything was started, where there is no probe that says so. */
  touched?: () => boolean
}

/** What applies to an operator. Every one is stated, so that nothing is left out silently. */
export interface Capabilities {
  /** It opens a source, and so has to close it; else `make` gives no probe. */
  closesSource: boolean
  /** It is given a signal of its caller. */
  takesSignal: boolean
  /** Its items and its end can be scripted (a clock's cannot). */
  scripted: boolean
  /** Any value may be an item; else only what `sample` says. */
  anyItem: boolean
  /** An error of what it reads is thrown; else it is an item, or there is none. */
  throws: boolean
  /** Items that it can give. */
  sample: readonly [unknown, unknown, unknown]
}

const falsy = [undefined, null, 0, '', false, NaN, -0, 0n]

/** The part of the contract that needs the capability of its name. */
export function scripted(can: Capabilities, make: (script: Script) => Subject): void {
  test('it gives what there is in order, and then its end', async () => {
    const signal = new SignalProbe()
    const { stream, probe } = make({ items: can.sample, then: 'end', signal: signal.signal })
    expect(await readAll(stream)).toEqual(can.sample)
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(signal.listeners).toBe(0)
    expect(probe?.closed ?? 0).toBe(0)
  })

  test('concurrent next() calls are answered in call order', async () => {
    const { stream } = make({ items: can.sample, then: 'end' })
    const answered: number[] = []
    const all = [0, 1, 2, 3, 4].map((call) => stream.next().finally(() => answered.push(call)))
    const results = await Promise.all(all)
    expect(results.map(({ value }) => value)).toEqual([...can.sample, undefined, undefined])
    expect(results.map(({ done }) => done)).toEqual([false, false, false, true, true])
    expect(answered).toEqual([0, 1, 2, 3, 4])
  })

  if (!can.anyItem) return
  test('falsy items are data', async () => {
    expect(await readAll(make({ items: falsy, then: 'end' }).stream)).toEqual(falsy)
  })
}

/** The part of the contract that needs the capability of its name. */
export function closing(can: Capabilities, make: (script: Script) => Subject): void {
  test('break closes the source once, and waits until it is closed', async () => {
    const slow = gate()
    const { stream, probe } = make({ items: can.sample, onReturn: () => slow.promise })
    const loop = (async () => {
      for await (const _ of stream) break
    })()
    expect(await stateOf(loop)).toBe('pending')
    slow.open()
    await loop
    expect(probe).toMatchObject({ opened: 1, closed: 1 })
  })

  test('an error while it is left is thrown by return(), that very error', async () => {
    const { stream, probe } = make({ items: can.sample, onReturn: () => Promise.reject(undefined) })
    await stream.next()
    expect(await rejectionOf(stream.return())).toBe(undefined)
    expect(await stream.return()).toEqual({ done: true, value: undefined })
    expect(probe?.closed).toBe(1)
  })

  test('the source has one next() outstanding at most, and none while its item is held', async () => {
    const { stream, probe } = make({ items: can.sample })
    await stream.next()
    await settle()
    expect(probe).toMatchObject({ asked: 1, mostOutstanding: 1, outstanding: 0 })
    await stream.return()
  })
}

/** The part of the contract that needs the capability of its name. */
export function throwing(can: Capabilities, make: (script: Script) => Subject): void {
  test.each([...falsy, new Error('fails')].map((error) => [error]))(
    'the error %s is thrown, that very one, once',
    async (error) => {
      const signal = new SignalProbe()
      const { stream, probe } = make({ items: can.sample, then: { error }, signal: signal.signal })
      for (const item of can.sample) expect(await stream.next()).toEqual({ done: false, value: item })
      expect(await rejectionOf(stream.next())).toBe(error)
      expect(await stream.next()).toEqual({ done: true, value: undefined })
      expect(signal.listeners).toBe(0)
      expect(probe?.closed ?? 0).toBe(0)
    },
  )

  test('with several next() pending the first rejects, the others are done', async () => {
    const { stream } = make({ then: { error: 'e' } })
    const [first, ...others] = [stream.next(), stream.next(), stream.next()]
    expect(await rejectionOf(first as Promise<unknown>)).toBe('e')
    expect((await Promise.all(others)).every(({ done }) => done === true)).toBe(true)
  })

  test('an error that nobody asks for is not unhandled', async () => {
    const unhandled = collectUnhandled()
    const { stream } = make({ items: can.sample, then: { error: new Error('unseen') } })
    await stream.next()
    await settle()
    await stream.return()
    await settle()
    expect(unhandled.stop()).toEqual([])
  })
}
