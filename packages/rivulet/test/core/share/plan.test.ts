import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ReaderPosition, SharePlan, type ShareSettings } from '../../../src/core/share/plan.ts'

const settings = (given: Partial<ShareSettings>): ShareSettings => ({ replay: 0, buffer: 2, onSlow: 'wait', ...given })

function planOf(given: Partial<ShareSettings> = {}): SharePlan<string> {
  return new SharePlan<string>(settings(given))
}

function begun(plan: SharePlan<string>): ReaderPosition<string> {
  const position = new ReaderPosition<string>()
  plan.begin(position)
  return position
}

/** All that a reader has unread, taken. */
function rest(plan: SharePlan<string>, position: ReaderPosition<string>): string {
  let items = ''
  while (plan.hasUnread(position)) items += plan.take(position)
  return items
}

function arrive(plan: SharePlan<string>, items: string): void {
  for (const item of items) plan.arrived(item)
}

describe('SharePlan', () => {
  test('the source is wanted when there is a reader', () => {
    const plan = planOf()
    expect(plan.isWanted).toBe(false)
    const reader = begun(plan)
    expect(plan.isWanted).toBe(true)
    plan.remove(reader)
    expect(plan.isWanted).toBe(false)
    expect(plan.readers).toBe(0)
  })

  test('the source is wanted while the slowest has room', () => {
    const plan = planOf({ buffer: 2 })
    const [fast, slow] = [begun(plan), begun(plan)]
    arrive(plan, 'ab')
    expect(rest(plan, fast)).toBe('ab')
    expect(plan.isWanted).toBe(false)
    expect(plan.take(slow)).toBe('a')
    expect(plan.isWanted).toBe(true)
    arrive(plan, 'c')
    expect(plan.isWanted).toBe(false)
    plan.remove(slow)
    expect(plan.isWanted).toBe(true)
  })

  test('with room for one it is wanted when somebody waits, and all have read', () => {
    const plan = planOf({ buffer: 1 })
    const [fast, slow] = [begun(plan), begun(plan)]
    expect(plan.isWanted).toBe(false)
    plan.waits(fast)
    plan.waits(fast)
    expect(plan.isWanted).toBe(true)
    arrive(plan, 'a')
    expect(plan.isWanted).toBe(false)
    expect(rest(plan, fast)).toBe('a')
    plan.waits(fast)
    expect(plan.isWanted).toBe(false)
    expect(rest(plan, slow)).toBe('a')
    expect(plan.isWanted).toBe(true)
    plan.remove(fast)
    expect(plan.isWanted).toBe(false)
    plan.waits(slow)
    expect(plan.isWanted).toBe(true)
  })

  test('a reader begins at the last `replay` items', () => {
    const plan = planOf({ buffer: 9, replay: 2 })
    const first = begun(plan)
    arrive(plan, 'a')
    expect(rest(plan, begun(plan))).toBe('a')
    arrive(plan, 'bcd')
    const late = begun(plan)
    arrive(plan, 'e')
    expect(rest(plan, late)).toBe('cde')
    expect(rest(plan, first)).toBe('abcde')
    plan.remove(first)
    plan.remove(late)
    expect(rest(plan, begun(plan))).toBe('de')
  })

  test('a reader that begins with more to replay than there is room for holds up the source until it has read', () => {
    const plan = planOf({ buffer: 1, replay: 3 })
    const first = begun(plan)
    plan.waits(first)
    for (const item of 'abc') {
      arrive(plan, item)
      rest(plan, first)
      plan.waits(first)
    }
    expect(plan.isWanted).toBe(true)
    const late = begun(plan)
    expect(plan.isWanted).toBe(false)
    expect(rest(plan, late)).toBe('abc')
    expect(plan.isWanted).toBe(true)
  })

  test("with 'drop' a slow reader loses the oldest above `buffer`, which are counted, and the source is always wanted", () => {
    const plan = planOf({ buffer: 2, onSlow: 'drop' })
    const [fast, slow, stalled] = [begun(plan), begun(plan), begun(plan)]
    let read = ''
    for (const item of 'abcde') {
      arrive(plan, item)
      read += rest(plan, fast)
      expect(plan.isWanted).toBe(true)
      if (item === 'b') expect(plan.take(slow)).toBe('a')
    }
    expect(read).toBe('abcde')
    expect([fast, slow, stalled].map((reader) => plan.missed(reader))).toEqual([0, 2, 3])
    expect(rest(plan, slow)).toBe('de')
    plan.remove(stalled)
    arrive(plan, 'fgh')
    expect([fast, slow, stalled].map((reader) => plan.missed(reader))).toEqual([1, 1 + 2, 3])
  })

  test("with 'drop' what is kept for the replay is lost by nobody", () => {
    const plan = planOf({ buffer: 1, replay: 3, onSlow: 'drop' })
    const first = begun(plan)
    arrive(plan, 'abc')
    const late = begun(plan)
    expect([plan.missed(first), plan.missed(late)]).toEqual([0, 0])
    arrive(plan, 'd')
    expect([plan.missed(first), plan.missed(late)]).toEqual([1, 1])
    expect([rest(plan, first), rest(plan, late)]).toEqual(['bcd', 'bcd'])
  })

  test('removing twice is removing once, and one that never began has nothing to remove', () => {
    const plan = planOf()
    const [reader, other] = [begun(plan), begun(plan)]
    plan.remove(reader)
    plan.remove(reader)
    plan.remove(new ReaderPosition<string>())
    expect(plan.readers).toBe(1)
    arrive(plan, 'a')
    expect(plan.hasUnread(reader)).toBe(false)
    expect(rest(plan, other)).toBe('a')
  })

  test('2,000 random courses agree with a list of its own for every reader', () => {
    const step = fc.record({
      what: fc.constantFrom('begin', 'arrive', 'arrive', 'take', 'take', 'leave'),
      who: fc.nat(5),
    })
    const setup = fc.record({
      replay: fc.nat(4),
      buffer: fc.integer({ min: 1, max: 4 }),
      onSlow: fc.constantFrom('wait', 'drop'),
    })
    fc.assert(
      fc.property(setup, fc.array(step, { maxLength: 60 }), (given, steps) => {
        const plan = new SharePlan<number>(given)
        const most = given.onSlow === 'drop' ? Math.max(given.buffer, given.replay) : Infinity
        const log: number[] = []
        const readers: { position: ReaderPosition<number>; unread: number[]; missed: number }[] = []
        for (const { what, who } of steps) {
          const reader = readers[who % Math.max(readers.length, 1)]
          if (what === 'begin') {
            const position = new ReaderPosition<number>()
            plan.begin(position)
            readers.push({ position, unread: log.slice(Math.max(log.length - given.replay, 0)), missed: 0 })
          } else if (what === 'arrive' && readers.length > 0) {
            log.push(log.length)
            plan.arrived(log.length - 1)
            for (const one of readers) {
              one.unread.push(log.length - 1)
              if (one.unread.length > most) {
                one.unread.shift()
                one.missed++
              }
            }
          } else if (what === 'take' && reader !== undefined && reader.unread.length > 0) {
            expect(plan.take(reader.position)).toBe(reader.unread.shift())
          } else if (what === 'leave' && reader !== undefined) {
            plan.remove(reader.position)
            expect(plan.missed(reader.position)).toBe(reader.missed)
            readers.splice(readers.indexOf(reader), 1)
          }
          expect(plan.readers).toBe(readers.length)
          for (const { position, unread, missed } of readers) {
            expect(plan.hasUnread(position)).toBe(unread.length > 0)
            // Looking at it counts what was lost up to now: it is looked at in some of the steps only.
            if (who < 2) expect(plan.missed(position)).toBe(missed)
          }
          if (given.buffer === 1 && given.onSlow === 'wait') continue
          const hasRoom = readers.every(({ unread }) => unread.length < given.buffer)
          expect(plan.isWanted).toBe(readers.length > 0 && (given.onSlow === 'drop' || hasRoom))
        }
      }),
      { numRuns: 2000 },
    )
  })
})
