import fc from 'fast-check'
import { expect, test } from 'vitest'
import { share, type SharedReader, type ShareOptions } from '../../src/core/share.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { ProbeSource } from '../support/probe-source.ts'
import { ScheduledSource, script, type Happened } from '../support/scheduled-source.ts'
import { SignalProbe } from '../support/signal-probe.ts'
import { settle, turn } from '../support/turn.ts'

const setup = fc.record({
  replay: fc.constantFrom(0, 0, 1, 3),
  buffer: fc.constantFrom(1, 2, 3),
  onSlow: fc.constantFrom('wait', 'drop'),
})
type Setup = Required<{ [Key in keyof ShareOptions]: NonNullable<ShareOptions[Key]> }>

type Answer = number | 'done' | { error: unknown }

/** What a reader should be given: a list of its own of all that is unread. */
class ModelReader {
  phase: 'not begun' | 'reading' | 'failed' | 'aborted' | 'over' = 'not begun'
  unread: number[] = []
  missed = 0
  waiting = 0
  isAborted = false
  /** Whether it closed the source, and nobody was told yet how that went. */
  hasClosed = false
  /** The answers in turn. */
  answers: Answer[] = []

  answerAll(first: Answer): void {
    if (this.waiting > 0) {
      this.answers.push(first)
      this.waiting--
    }
    for (; this.waiting > 0; this.waiting--) this.answers.push('done')
  }
}

/** The share as it should be, a step at a time. */
class Model {
  readonly readers: ModelReader[] = []
  readonly #setup: Setup
  readonly #given: number[] = []
  #ending: 'ended' | 'left' | { error: unknown } | undefined
  isAsked = false
  opened = 0
  closed = 0

  constructor(given: Setup) {
    this.#setup = given
  }

  get #active(): ModelReader[] {
    return this.readers.filter(({ phase }) => phase === 'reading')
  }

  next(reader: ModelReader, reason: unknown): void {
    const begins = reader.phase === 'not begun'
    if (begins) {
      if (reader.isAborted) {
        reader.phase = 'over'
        reader.answers.push({ error: reason })
        return
      }
      reader.unread = this.#given.slice(Math.max(this.#given.length - this.#setup.replay, 0))
      reader.phase = typeof this.#ending === 'object' ? 'failed' : 'reading'
    }
    this.#answer(reader, reason)
    // One that is given the last item because it waited is told of the end as well; one that takes it has to ask.
    const isOver = this.#ending === 'ended' || this.#ending === 'left'
    if (begins && isOver && reader.unread.length === 0) reader.phase = 'over'
    this.#ask()
  }

  #answer(reader: ModelReader, reason: unknown): void {
    const [item] = reader.unread
    if (reader.phase === 'over') reader.answers.push('done')
    else if (item !== undefined) {
      reader.unread.shift()
      reader.answers.push(item)
    } else if (reader.phase === 'aborted' || reader.phase === 'failed') {
      reader.hasClosed = false
      reader.answers.push({ error: reader.phase === 'aborted' ? reason : (this.#ending as { error: unknown }).error })
      reader.phase = 'over'
    } else if (this.#ending === undefined) reader.waiting++
    else {
      reader.answers.push('done')
      reader.phase = 'over'
    }
  }

  /** What `return()` comes to. */
  leave(reader: ModelReader): 'closes' | 'done' {
    const wasReading = reader.phase === 'reading'
    reader.answerAll('done')
    reader.phase = 'over'
    reader.unread = []
    const closes = reader.hasClosed || (wasReading && this.#closeAfterLast())
    reader.hasClosed = false
    this.#ask()
    return closes ? 'closes' : 'done'
  }

  /** Whether it closes the source. */
  abort(reader: ModelReader, reason: unknown): boolean {
    reader.isAborted = true
    if (reader.phase === 'not begun' || reader.phase === 'over' || reader.phase === 'aborted') return false
    reader.unread = []
    if (reader.phase === 'failed') return false
    const waited = reader.waiting > 0
    reader.answerAll({ error: reason })
    reader.phase = waited ? 'over' : 'aborted'
    const closes = this.#closeAfterLast()
    reader.hasClosed = closes && !waited
    this.#ask()
    return closes
  }

  give(): void {
    const item = this.#given.length
    this.isAsked = false
    this.#given.push(item)
    const most = this.#setup.onSlow === 'drop' ? Math.max(this.#setup.buffer, this.#setup.replay) : Infinity
    for (const reader of this.#active) {
      if (reader.waiting > 0) {
        reader.waiting--
        reader.answers.push(item)
        continue
      }
      reader.unread.push(item)
      if (reader.unread.length <= most) continue
      reader.unread.shift()
      reader.missed++
    }
    this.#ask()
  }

  end(failure?: { error: unknown }): void {
    this.isAsked = false
    this.#ending = failure ?? 'ended'
    for (const reader of this.#active) {
      const isOver = reader.unread.length === 0 && (failure === undefined || reader.waiting > 0)
      reader.answerAll(failure ?? 'done')
      if (isOver) reader.phase = 'over'
      else if (failure !== undefined) reader.phase = 'failed'
    }
  }

  #closeAfterLast(): boolean {
    if (this.#active.length > 0 || this.#ending !== undefined) return false
    this.#ending = 'left'
    this.closed++
    this.isAsked = false
    return true
  }

  #ask(): void {
    const { buffer, onSlow } = this.#setup
    const active = this.#active
    if (active.length === 0 || this.#ending !== undefined) return
    const hasRoom = active.every(({ unread }) => unread.length < buffer)
    const isWanted = buffer > 1 || active.some(({ waiting }) => waiting > 0)
    if (onSlow === 'wait' && !(hasRoom && isWanted)) return
    this.isAsked = true
    this.opened = 1
  }
}

type Step = 'read' | 'next' | 'give' | 'leave' | 'abort' | 'end' | 'fail'

const step = fc.record({
  what: fc.constantFrom<Step>('read', 'next', 'next', 'next', 'give', 'give', 'give', 'leave', 'abort', 'end', 'fail'),
  who: fc.nat(4),
})

/** Some readers that have begun, and then anything. */
const course = fc
  .tuple(fc.nat(3), fc.array(step, { maxLength: 40 }))
  .map(([readers, steps]): { what: Step; who: number }[] => [
    ...Array.from({ length: readers }, () => ({ what: 'read' as const, who: 0 })),
    ...Array.from({ length: readers }, (_, who) => ({ what: 'next' as const, who })),
    ...steps,
  ])

test('3,000 random courses of steps: every reader is given what a list of its own would give', async () => {
  await fc.assert(
    fc.asyncProperty(setup, course, fc.boolean(), async (given, steps, closingFails) => {
      const source = new ProbeSource<number>({
        onReturn: () => (closingFails ? Promise.reject('closing') : Promise.resolve()),
      })
      const shared = share(source, given)
      const model = new Model(given)
      const readers: { stream: SharedReader<number>; signal: SignalProbe; reason: Error; answers: Answer[] }[] = []
      let count = 0
      for (const { what, who } of steps) {
        const at = who % Math.max(readers.length, 1)
        const [reader, modelled] = [readers[at], model.readers[at]]
        if (what === 'read') {
          const signal = new SignalProbe()
          const stream = shared.read({ signal: signal.signal })
          readers.push({ stream, signal, reason: new Error(`reason ${String(readers.length)}`), answers: [] })
          model.readers.push(new ModelReader())
        } else if (what === 'give') {
          if (!model.isAsked) continue
          source.give(count++)
          model.give()
        } else if (what === 'end' || what === 'fail') {
          // Seldom, so that something happens before.
          if (!model.isAsked || who > 0) continue
          if (what === 'end') source.end()
          else source.fail('failure')
          model.end(what === 'end' ? undefined : { error: 'failure' })
        } else if (reader === undefined || modelled === undefined) continue
        else if (what === 'next') {
          const { answers } = reader
          reader.stream.next().then(
            (result) => answers.push(result.done === true ? 'done' : result.value),
            (error: unknown) => answers.push({ error }),
          )
          model.next(modelled, reader.reason)
        } else if (what === 'leave') {
          const thrown = reader.stream.return().then(
            () => 'done',
            (error: unknown) => ({ error }),
          )
          const wanted = model.leave(modelled)
          expect(await thrown).toEqual(wanted === 'closes' && closingFails ? { error: 'closing' } : 'done')
        } else {
          reader.signal.abort(reader.reason)
          const closes = model.abort(modelled, reader.reason)
          await settle()
          // Told to whoever asks: it is thrown with what went wrong.
          if (closes && modelled.phase === 'over') {
            expect(suppressedErrors(reader.reason)).toEqual(closingFails ? ['closing'] : [])
          }
        }
        await settle()
        for (const [index, { stream, answers, signal }] of readers.entries()) {
          const expected = model.readers[index]
          expect(answers).toEqual(expected?.answers)
          expect(stream.missed).toBe(expected?.missed)
          expect(signal.listeners).toBe(expected?.phase === 'reading' || expected?.phase === 'failed' ? 1 : 0)
        }
        if (model.closed === 0) expect(source.outstanding > 0).toBe(model.isAsked)
        expect(source).toMatchObject({ opened: model.opened, closed: model.closed })
        expect(source.mostOutstanding).toBeLessThanOrEqual(1)
      }
    }),
    { numRuns: 3000 },
  )
}, 120_000)

const pace = fc.record({
  /** Steps of the schedule before it begins, and for each item. */
  delay: fc.nat(6),
  slowness: fc.nat(2),
  leaving: fc.constantFrom('reads on', 'reads on', 'returns', 'aborts'),
  /** Items after which it leaves. */
  patience: fc.nat(4),
})

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

test('2,000 random schedules: each reader is given items in one piece, the source is closed by the last, and no further ahead than the slowest has room', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      script,
      setup,
      fc.array(pace, { minLength: 1, maxLength: 4 }),
      async (schedule, behaviour, given, paces) => {
        const log: Happened[] = []
        const scheduled = new ScheduledSource(schedule, 0, behaviour, log)
        const items = (): string[] => log.flatMap((event) => (event.what === 'item' ? [event.item] : []))
        const shared = share(scheduled.source, given)
        const wait = async (steps: number): Promise<void> => {
          for (let step = 0; step < steps; step++) await schedule.schedule(Promise.resolve(), 'pause')
        }
        const readers = paces.map(({ delay, slowness, leaving, patience }) => {
          const controller = new AbortController()
          const stream = shared.read({ signal: controller.signal })
          const reader = {
            stream,
            seen: [] as string[],
            beganAt: -1,
            end: undefined as undefined | 'done' | 'left' | { error: unknown },
            mostBehind: 0,
          }
          const reading = (async () => {
            await wait(delay)
            reader.beganAt = items().length
            for (;;) {
              const result = await stream.next()
              if (result.done === true) {
                reader.end = 'done'
                return
              }
              reader.seen.push(result.value)
              const behind = items().length - items().indexOf(result.value) - 1
              reader.mostBehind = Math.max(reader.mostBehind, behind)
              if (reader.seen.length > patience && leaving !== 'reads on') {
                reader.end = 'left'
                if (leaving === 'returns') await stream.return()
                else {
                  controller.abort('enough')
                  await stream.next()
                }
                return
              }
              await wait(slowness)
            }
          })()
          reading.catch((error: unknown) => {
            // What it left with may be an error of the closing.
            reader.end = reader.end === 'left' ? 'left' : { error }
          })
          return reader
        })
        await runOut(schedule)
        const stalled = readers.filter(({ end }) => end === undefined)
        if (stalled.length > 0) expect(behaviour.ending).toBe('stall')

        for (const { seen, beganAt, end, mostBehind, stream } of readers) {
          const all = items()
          const from = Math.max(beganAt - given.replay, 0)
          if (given.onSlow === 'wait') {
            // It began with the replay, or an item earlier where one was on its way.
            const at = seen[0] === undefined ? from : all.indexOf(seen[0])
            expect(at - from).toBeOneOf([-1, 0])
            expect(seen).toEqual(all.slice(at, at + seen.length))
            if (end !== 'left' && end !== undefined && scheduled.closed === 0) expect(seen).toEqual(all.slice(at))
            expect(stream.missed).toBe(0)
            expect(mostBehind).toBeLessThanOrEqual(Math.max(given.buffer, given.replay))
          } else {
            expect(seen).toEqual([...new Set(seen)])
            expect(seen).toEqual([...seen].sort())
            if (end === 'done' && seen.length > 0 && scheduled.closed === 0) {
              expect(seen.at(-1)).toBe(all.at(-1))
              const lost = all.length - all.indexOf(seen[0] ?? '') - seen.length
              expect(stream.missed).toBeGreaterThanOrEqual(lost)
            }
          }
          if (end !== undefined && typeof end === 'object') {
            expect(end.error).toBe(log.flatMap((event) => (event.what === 'failure' ? [event.error] : []))[0])
          }
        }
        expect(scheduled.opened).toBe(1)
        expect(scheduled.mostOutstanding).toBeLessThanOrEqual(1)
        expect(scheduled.closedAfterEnd).toBe(false)
        const allLeft = readers.every(({ end }) => end !== undefined)
        if (!scheduled.isOver) expect(scheduled.closed).toBe(allLeft ? 1 : 0)
        const left = Promise.allSettled(stalled.map(({ stream }) => stream.return()))
        await runOut(schedule)
        await left
      },
    ),
    { numRuns: 2000 },
  )
}, 120_000)
