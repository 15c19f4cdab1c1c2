import { expect, test } from 'vitest'
import type { Capabilities, Script, Subject } from './contract-parts.ts'
import { gate } from './probe-source.ts'
import { SignalProbe } from './signal-probe.ts'
import { rejectionOf, settle, stateOf, turn } from './turn.ts'
import { collectUnhandled } from './unhandled.ts'

/** The part of the contract for what takes a signal. */
export function aborting(can: Capabilities, make: (script: Script) => Subject): void {
  const waiting = (signal: AbortSignal): Subject => make({ signal })

  test.each([
    ['a falsy reason', 0],
    ['undefined made a DOMException', undefined],
    ['null', null],
    ['an error', new Error('stop')],
  ])('an abort with %s rejects the pending next() with the very reason, the others are done', async (_, given) => {
    const signal = new SignalProbe()
    const { stream, probe } = waiting(signal.signal)
    const pending = [stream.next(), stream.next()] as const
    await turn()
    expect(signal.listeners).toBe(1)
    signal.abort(given)
    expect(await rejectionOf(pending[0])).toBe(signal.signal.reason)
    expect(await pending[1]).toEqual({ done: true, value: undefined })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(signal.listeners).toBe(0)
    if (can.closesSource) expect(probe?.closed).toBe(1)
  })

  test('an already aborted signal rejects the first next() with its reason and opens nothing', async () => {
    const signal = new SignalProbe()
    signal.abort('')
    const subject = waiting(signal.signal)
    expect(await rejectionOf(subject.stream.next())).toBe('')
    expect(await subject.stream.next()).toEqual({ done: true, value: undefined })
    expect(signal.added).toBe(0)
    expect(subject.probe?.opened ?? 0).toBe(0)
    expect(subject.touched?.() ?? false).toBe(false)
  })

  test('it listens from the first next() on, and not after it was left', async () => {
    const signal = new SignalProbe()
    const { stream } = waiting(signal.signal)
    expect(signal.listeners).toBe(0)
    const pending = stream.next()
    expect(signal.listeners).toBe(1)
    await stream.return()
    await pending
    expect(signal.listeners).toBe(0)
  })

  test('nothing stays unhandled when it is aborted and dropped', async () => {
    const unhandled = collectUnhandled()
    const signal = new SignalProbe()
    const { stream } = waiting(signal.signal)
    const pending = stream.next()
    await turn()
    signal.abort('x')
    await rejectionOf(pending)
    await settle()
    expect(unhandled.stop()).toEqual([])
  })

  test('return() before the first next() never listens', async () => {
    const signal = new SignalProbe()
    await waiting(signal.signal).stream.return()
    expect(signal.added).toBe(0)
  })

  if (can.scripted) {
    test('an abort acts also while nobody asks: the next next() rejects, later ones are done', async () => {
      const signal = new SignalProbe()
      const { stream, probe } = make({ items: can.sample, signal: signal.signal })
      await stream.next()
      signal.abort(false)
      await settle()
      if (can.closesSource) expect(probe?.closed).toBe(1)
      expect(await rejectionOf(stream.next())).toBe(false)
      expect(await stream.next()).toEqual({ done: true, value: undefined })
    })
  }

  if (!can.closesSource) return
  test('an abort closes the source once, and waits until it is closed', async () => {
    const slow = gate()
    const controller = new AbortController()
    const { stream, probe } = make({ items: can.sample, onReturn: () => slow.promise, signal: controller.signal })
    await stream.next()
    controller.abort(null)
    const next = stream.next()
    next.catch(() => undefined)
    expect(await stateOf(next)).toBe('pending')
    slow.open()
    expect(await rejectionOf(next)).toBe(null)
    expect(probe).toMatchObject({ opened: 1, closed: 1 })
  })
}
