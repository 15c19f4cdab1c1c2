import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GroupOrder } from '../../../../src/commands/run/group/group-order.ts'

describe('GroupOrder', () => {
  test('shows the first that comes as it runs, and holds the others', () => {
    const order = new GroupOrder()
    expect([order.isShown(1), order.isShown(0), order.isShown(1)]).toEqual([true, false, true])
  })

  test('when it is over, those that are over are shown in the order of their ends, then the one that was begun first', () => {
    const order = new GroupOrder()
    for (const command of [0, 1, 2, 3, 4]) order.isShown(command)
    expect(order.over(4)).toEqual([])
    expect(order.over(2)).toEqual([])
    expect(order.over(0)).toEqual([4, 2, 1])
    expect([order.isShown(1), order.isShown(3)]).toEqual([true, false])
    expect(order.over(1)).toEqual([3])
    expect(order.over(3)).toEqual([])
    expect(order.isShown(5)).toBe(true)
  })

  test('one of whom nothing came is nobody', () => {
    const order = new GroupOrder()
    expect(order.over(0)).toEqual([])
    order.isShown(1)
    expect(order.over(2)).toEqual([])
    expect(order.isShown(1)).toBe(true)
  })

  test('keeps the output of each together, and loses none, whatever comes when', () => {
    const steps = fc.array(fc.record({ command: fc.nat({ max: 5 }), isEnd: fc.boolean() }))
    fc.assert(
      fc.property(steps, (all) => {
        const order = new GroupOrder()
        const shown: string[] = []
        const held = new Map<number, string[]>()
        const given: string[] = []
        const isOver = new Set<number>()
        const end = (command: number): void => {
          isOver.add(command)
          for (const released of order.over(command)) {
            shown.push(...(held.get(released) ?? []))
            held.delete(released)
          }
        }
        all.forEach(({ command, isEnd }, at) => {
          if (isOver.has(command)) return
          if (isEnd) {
            end(command)
            return
          }
          const item = `${command}:${at}`
          given.push(item)
          if (order.isShown(command)) shown.push(item)
          else held.set(command, [...(held.get(command) ?? []), item])
        })
        for (const command of [0, 1, 2, 3, 4, 5]) if (!isOver.has(command)) end(command)
        const commands = shown.map((item) => item.split(':')[0])
        const runs = commands.filter((command, at) => command !== commands[at - 1])
        expect(runs).toEqual([...new Set(runs)])
        const ofCommand = (items: string[], command: string) => items.filter((item) => item.startsWith(`${command}:`))
        for (const command of '012345') expect(ofCommand(shown, command)).toEqual(ofCommand(given, command))
      }),
    )
  })
})
