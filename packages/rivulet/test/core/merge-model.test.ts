import fc from 'fast-check'
import { expect, test } from 'vitest'
import { merge } from '../../src/core/merge.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { ScheduledSource, script, type Happened } from '../support/scheduled-source.ts'
import { SignalProbe } from '../support/signal-probe.ts'
import { turn } from '../support/turn.ts'

const plan = fc.record({
  errors: fc.constantFrom('throw', 'delay'),
  buffer: fc.constantFrom(1, 1, 3),
  /** Whether `next()` is called once at a time, or several times at once. */
  readers: fc.constantFrom(1, 1, 3),
  leaving: fc.constantFrom('reads on', 'returns', 'aborts'),
  /** Steps of the schedule before it leaves. */
  patience: fc.nat(8),
})
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never

interface Outcome {
  items: string[]
  /** What each `next()` gave, in call order: an item, the end, or an error. */
  ends: ('done' | { error: unknown })[]
  left: { error?: unknown } | undefined
  told: unknown[]
  log: Happened[]
}

/** Runs what is scheduled until nothing is, and no macrotask brings anything more. */
async function runOut(schedule: fc.Scheduler): Promise<void> {
  for (let quiet = 0; quiet < 3;) {
    if (schedule.count() > 0) {
      await schedule.waitNext(1)
      quiet = 0
    } else {
      await turn()
      quiet++
    }
  }
}

async function play(schedule: fc.Scheduler, sources: ScheduledSource[], log: Happened[], how: Plan): Promise<Outcome> {
  const outcome: Outcome = { items: [], ends: [], left: undefined, told: [], log }
  const signal = new SignalProbe()
  const stream = merge(
    sources.map(({ source }) => source),
    {
      errors: how.errors,
      buffer: how.buffer,
      signal: signal.signal,
      onSuppressed: (error) => outcome.told.push(error),
    },
  )
  const read = async (): Promise<void> => {
    for (;;) {
      const result = await stream.next().catch((error: unknown) => ({ error }))
      if ('error' in result) {
        outcome.ends.push(result)
        return
      }
      if (result.done === true) {
        outcome.ends.push('done')
        return
      }
      outcome.items.push(result.value)
    }
  }
  const leave = async (): Promise<void> => {
    log.push({ what: 'leave' })
    try {
      await stream.return()
      outcome.left ??= {}
    } catch (error) {
      outcome.left = { error }
    }
  }
  const readers = Array.from({ length: how.readers }, read)
  const leaving = (async () => {
    for (let step = 0; step < how.patience; step++) await schedule.schedule(Promise.resolve(), 'patience')
    if (how.leaving === 'returns') await leave()
    else if (how.leaving === 'aborts') {
      log.push({ what: 'abort' })
      signal.abort('the reason')
    }
  })()
  await runOut(schedule)
  // Whoever still waits, for a source that has stalled, leaves now.
  if (outcome.ends.length < how.readers) {
    void leave()
    await runOut(schedule)
  }
  // Nothing is scheduled any more: who has no answer now will never have one.
  expect(outcome.ends).toHaveLength(how.readers)
  if (log.some(({ what }) => what === 'leave')) expect(outcome.left).toBeDefined()
  await Promise.all([...readers, leaving])
  expect(signal.listeners).toBe(0)
  return outcome
}

function check(sources: ScheduledSource[], how: Plan, { items, ends, left, told, log }: Outcome): void {
  const stopAt = log.findIndex(
    ({ what }) => what === 'abort' || what === 'leave' || (what === 'failure' && how.errors === 'throw'),
  )
  const before = stopAt === -1 ? log : log.slice(0, stopAt)
  const stop = log[stopAt]
  const arrived = before.flatMap((event) => (event.what === 'item' ? [event.item] : []))
  const allEnded = before.filter(({ what }) => what === 'end' || what === 'failure').length === sources.length

  // Nothing twice, in the order of arrival, and so each source in its own.
  expect(items).toEqual(arrived.slice(0, items.length))
  // Nothing lost, unless the consumer left or aborted.
  const hasLeft = log.some(({ what }) => what === 'leave')
  if (!hasLeft && !log.some(({ what }) => what === 'abort')) expect(items).toEqual(arrived)

  // The right end, once; whoever else waited is told that it is done.
  const thrown = ends.flatMap((end) => (end === 'done' ? [] : [end.error]))
  const errorsBefore = before.flatMap((event) => (event.what === 'failure' ? [event.error] : []))
  // It left before the error was delivered.
  if (hasLeft && thrown.length === 0) expect(left).toBeDefined()
  else if (how.errors === 'delay' && allEnded && errorsBefore.length > 0) {
    expect(thrown).toHaveLength(1)
    expect(thrown[0]).toBeInstanceOf(AggregateError)
    expect((thrown[0] as AggregateError).errors).toEqual(errorsBefore)
  } else if (allEnded) expect(thrown).toEqual([])
  else if (stop?.what === 'failure') expect(thrown).toEqual([stop.error])
  else if (stop?.what === 'abort') expect(thrown).toEqual(['the reason'])
  else expect(thrown).toEqual([])

  // Every error is thrown by next(), or told, once; and kept on the one that was thrown, where it can keep. What return() throws
  // is told too, for a loop whose body threw does not show it.
  if (left !== undefined && 'error' in left) expect(told).toContain(left.error)
  const inPrimary = thrown.flatMap((error) => (error instanceof AggregateError ? (error.errors as unknown[]) : [error]))
  const all = log.flatMap((event) => ('error' in event ? [event.error] : []))
  const known = [...inPrimary.filter((error) => error !== 'the reason'), ...told]
  expect(new Set(known)).toEqual(new Set(all))
  expect(known).toHaveLength(all.length)
  if (thrown[0] instanceof Error) expect(suppressedErrors(thrown[0])).toEqual(told)

  for (const source of sources) {
    expect(source.opened).toBeLessThanOrEqual(1)
    expect(source.mostOutstanding).toBeLessThanOrEqual(1)
    // Closed exactly once, but for what had ended by itself.
    expect(source.closedAfterEnd).toBe(false)
    if (source.opened === 1) expect(source.closed).toBe(source.isOver && source.closed === 0 ? 0 : 1)
    else expect(source.closed).toBe(0)
  }
}

test('5,000 random schedules: nothing lost, nothing twice, own order, each source closed once, the right error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(script, { maxLength: 4 }), plan, async (schedule, scripts, how) => {
      const log: Happened[] = []
      const sources = scripts.map((one, index) => new ScheduledSource(schedule, index, one, log))
      check(sources, how, await play(schedule, sources, log, how))
    }),
    { numRuns: 5000 },
  )
}, 120_000)
