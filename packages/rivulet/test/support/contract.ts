import { describe, expect, test } from 'vitest'
import { aborting } from './contract-aborting.ts'
import { closing, scripted, throwing, type Capabilities, type Script, type Subject } from './contract-parts.ts'
import { gate } from './probe-source.ts'
import { SignalProbe } from './signal-probe.ts'
import { rejectionOf, stateOf, turn } from './turn.ts'

export type { Capabilities, Script, Subject }

/** The suite that every stream of this library passes. */
export function contract(name: string, can: Capabilities, make: (script: Script) => Subject): void {
  const waiting = (signal?: AbortSignal): Subject => make(signal === undefined ? {} : { signal })

  describe(`${name} keeps the contract of a stream:`, () => {
    test('it is its own iterator and has the methods of one', () => {
      const { stream } = waiting()
      expect(stream[Symbol.asyncIterator]()).toBe(stream)
      for (const method of ['next', 'return', 'throw'] as const) expect(stream[method]).toBeTypeOf('function')
    })

    test('creating and dropping it touches nothing', async () => {
      const signal = new SignalProbe()
      const subject = waiting(signal.signal)
      await turn()
      expect(signal.added).toBe(0)
      expect(subject.probe?.opened ?? 0).toBe(0)
      expect(subject.touched?.() ?? false).toBe(false)
    })

    test('return() before the first next() touches nothing, and ends it', async () => {
      const subject = waiting()
      expect(await subject.stream.return()).toEqual({ done: true, value: undefined })
      expect(await subject.stream.next()).toEqual({ done: true, value: undefined })
      expect(subject.probe?.opened ?? 0).toBe(0)
      expect(subject.touched?.() ?? false).toBe(false)
    })

    test('throw() before the first next() rejects with its error, and ends it', async () => {
      const subject = waiting()
      expect(await rejectionOf(subject.stream.throw(undefined))).toBe(undefined)
      expect(await subject.stream.next()).toEqual({ done: true, value: undefined })
      expect(subject.probe?.opened ?? 0).toBe(0)
    })

    test('return() settles every pending next() at once, and is awaited itself', async () => {
      const slow = gate()
      const { stream, probe } = make({ onReturn: () => slow.promise })
      const pending = [stream.next(), stream.next()]
      await turn()
      const left = stream.return()
      expect(await Promise.all(pending)).toEqual(pending.map(() => ({ done: true, value: undefined })))
      slow.open()
      expect(await left).toEqual({ done: true, value: undefined })
      if (can.closesSource) expect(probe).toMatchObject({ opened: 1, closed: 1 })
    })

    test('next() while it is being closed is done at once', async () => {
      const slow = gate()
      const { stream } = make({ onReturn: () => slow.promise })
      const pending = stream.next()
      await turn()
      const left = stream.return()
      const late = stream.next()
      expect(await stateOf(late)).toBe('fulfilled')
      slow.open()
      expect((await Promise.all([left, late, pending])).map(({ done }) => done)).toEqual([true, true, true])
    })

    test('return() twice closes once, and both are answered', async () => {
      const { stream, probe } = waiting()
      const pending = stream.next()
      await turn()
      await Promise.all([stream.return(), stream.return(), pending])
      expect(await stream.return()).toEqual({ done: true, value: undefined })
      if (can.closesSource) expect(probe?.closed).toBe(1)
    })

    test('throw() closes it and rejects with its very error', async () => {
      const { stream, probe } = waiting()
      const pending = stream.next()
      await turn()
      expect(await rejectionOf(stream.throw(0))).toBe(0)
      expect((await pending).done).toBe(true)
      if (can.closesSource) expect(probe?.closed).toBe(1)
    })

    test('dispose closes it', async () => {
      const { stream, probe } = waiting()
      const pending = stream.next()
      await turn()
      await stream[Symbol.asyncDispose]()
      expect(await pending).toEqual({ done: true, value: undefined })
      if (can.closesSource) expect(probe?.closed).toBe(1)
    })

    if (can.takesSignal) aborting(can, make)
    if (can.scripted) scripted(can, make)
    if (can.closesSource) closing(can, make)
    if (can.throws) throwing(can, make)
  })
}
