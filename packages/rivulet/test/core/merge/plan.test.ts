import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MergePlan, type Slot } from '../../../src/core/merge/plan.ts'

type NamedSlot = Slot<string>

function add(plan: MergePlan<string>, ...names: string[]): NamedSlot[] {
  return names.map((name) => {
    const slot = plan.add()
    slot.source = name
    return slot
  })
}

/** Asks all that are owed an asking, and gives their names. */
function askOwed(plan: MergePlan<string>): string[] {
  const asked: string[] = []
  for (let slot = plan.takeOwed(); slot !== undefined;) {
    asked.push(slot.source)
    slot = plan.asked(slot)
  }
  return asked
}

describe('MergePlan', () => {
  test('a source that was added is owed an asking, once', () => {
    const plan = new MergePlan<string>(1)
    add(plan, 'a', 'b')
    expect(plan.live).toBe(2)
    expect(askOwed(plan)).toEqual(['a', 'b'])
    expect(askOwed(plan)).toEqual([])
  })

  test('items are taken in the order in which they arrived, and each source is owed an asking when its own was taken', () => {
    const plan = new MergePlan<string>(1)
    const [a, b] = add(plan, 'a', 'b')
    askOwed(plan)
    expect(plan.arrived(b!, 'b1', undefined)).toBe(false)
    expect(plan.arrived(a!, 'a1', undefined)).toBe(false)
    expect([a!.phase, b!.phase]).toEqual(['full', 'full'])
    expect(plan.take().value).toBe('b1')
    expect(askOwed(plan)).toEqual(['b'])
    expect(plan.take().value).toBe('a1')
    expect(plan.hasUnread).toBe(false)
    expect(askOwed(plan)).toEqual(['a'])
  })

  test('a source whose item went to a call that waited is owed an asking', () => {
    const plan = new MergePlan<string>(1)
    const [a] = add(plan, 'a')
    askOwed(plan)
    plan.delivered(a!)
    expect(a!.phase).toBe('owed')
    expect(askOwed(plan)).toEqual(['a'])
  })

  test('with room for two a source is asked again when one has arrived, and not when two have, until one is taken', () => {
    const plan = new MergePlan<string>(2)
    const [a] = add(plan, 'a')
    askOwed(plan)
    expect(plan.arrived(a!, 1, undefined)).toBe(true)
    expect(plan.arrived(a!, 2, undefined)).toBe(false)
    expect(askOwed(plan)).toEqual([])
    expect(plan.take().value).toBe(1)
    expect(askOwed(plan)).toEqual(['a'])
    expect(plan.take().value).toBe(2)
    // It is asked already: it must not be asked twice.
    expect(askOwed(plan)).toEqual([])
  })

  test('what a source that has ended left unread is still taken, and it is not asked again', () => {
    const plan = new MergePlan<string>(1)
    const [a] = add(plan, 'a')
    askOwed(plan)
    plan.arrived(a!, 'last', undefined)
    plan.remove(a!, 'ended')
    expect(plan.live).toBe(0)
    expect(plan.hasUnread).toBe(true)
    expect(plan.take().value).toBe('last')
    expect(askOwed(plan)).toEqual([])
  })

  test('what was discarded is not taken, and holds nothing', () => {
    const plan = new MergePlan<string>(1)
    const [a, b] = add(plan, 'a', 'b')
    askOwed(plan)
    plan.arrived(a!, 'a1', undefined)
    plan.arrived(b!, 'b1', undefined)
    plan.discard(a!)
    expect(a!.value).toBeUndefined()
    expect(plan.take().value).toBe('b1')
    plan.arrived(b!, 'b2', undefined)
    const discarded: unknown[] = []
    plan.discardUnread((value) => discarded.push(value))
    expect(discarded).toEqual(['b2'])
    expect(plan.hasUnread).toBe(false)
    expect(b!.value).toBeUndefined()
  })

  test('the event loop has its turn after 1,024 deliveries, of either kind, and not before', () => {
    const plan = new MergePlan<string>(1)
    const [a] = add(plan, 'a')
    for (let i = 1; i <= 1024; i++) {
      expect(plan.isTurnDue).toBe(false)
      askOwed(plan)
      if (i % 2 === 0) plan.delivered(a!)
      else {
        plan.arrived(a!, i, undefined)
        plan.take()
      }
    }
    expect(plan.isTurnDue).toBe(true)
    plan.turnTaken()
    expect(plan.isTurnDue).toBe(false)
  })

  test('no source is asked twice, has more unread than its room, or is forgotten, whatever happens in whatever order', () => {
    const step = fc.record({ what: fc.constantFrom('ask', 'arrive', 'take', 'end', 'discard'), who: fc.nat(3) })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 60 }), (buffer, steps) => {
        const plan = new MergePlan<string>(buffer)
        const slots = add(plan, 'a', 'b', 'c', 'd')
        const outstanding = new Set<string>()
        const gone = new Set<string>()
        const unread: { name: string; value: unknown }[] = []
        const held = (name: string): number => unread.filter((item) => item.name === name).length
        let count = 0
        for (const { what, who } of steps) {
          const slot = slots[who]!
          const name = slot.source
          if (what === 'ask') {
            for (const asked of askOwed(plan)) {
              if (gone.has(asked)) continue
              expect(outstanding.has(asked)).toBe(false)
              expect(held(asked)).toBeLessThan(buffer)
              outstanding.add(asked)
            }
          } else if (what === 'arrive' && outstanding.has(name)) {
            unread.push({ name, value: count })
            if (!plan.arrived(slot, count++, undefined)) outstanding.delete(name)
          } else if (what === 'take' && plan.hasUnread) {
            expect(plan.take().value).toBe(unread.shift()?.value)
          } else if (what === 'end' && !gone.has(name)) {
            plan.remove(slot, 'ended')
            gone.add(name)
            outstanding.delete(name)
          } else if (what === 'discard' && gone.has(name) && !slot.isDiscarded) {
            plan.discard(slot)
            unread.splice(0, unread.length, ...unread.filter((item) => item.name !== name))
          }
          expect(plan.hasUnread).toBe(unread.length > 0)
          expect(plan.live).toBe(4 - gone.size)
        }
        while (plan.hasUnread) {
          expect(plan.take().value).toBe(unread.shift()?.value)
        }
        // Everyone who lives is asked already, or is asked now: nobody was forgotten.
        const asked = askOwed(plan).filter((name) => !gone.has(name))
        expect([...asked, ...outstanding].sort()).toEqual(['a', 'b', 'c', 'd'].filter((name) => !gone.has(name)))
      }),
    )
  })
})
