import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FleetPlan, type FleetRules } from '../../../../src/commands/run/fleet/fleet-plan.ts'
import { rules } from '../../../support/defaults.ts'

const three: FleetRules = { ...rules, names: ['a', 'b', 'c'] }

function begun(changes: Partial<FleetRules> = {}): FleetPlan {
  const plan = new FleetPlan({ ...three, ...changes })
  plan.takeDue()
  return plan
}

describe('FleetPlan', () => {
  test('starts all at once', () => {
    expect(new FleetPlan(three).takeDue()).toEqual([0, 1, 2])
  })

  test('starts no more than `jobs` at a time, in order', () => {
    const plan = new FleetPlan({ ...three, jobs: 2 })
    expect(plan.takeDue()).toEqual([0, 1])
    expect(plan.takeDue()).toEqual([])
    plan.over(1, 0)
    expect(plan.takeDue()).toEqual([2])
  })

  test('gives 0 when all have ended with 0', () => {
    const plan = begun()
    for (const command of [2, 0, 1]) plan.over(command, 0)
    expect([plan.isDone, plan.exitCode]).toEqual([true, 0])
  })

  test('gives the first failure, and closes at it', () => {
    const plan = begun()
    plan.over(1, 0)
    expect(plan.isClosed).toBe(false)
    plan.over(2, 7)
    expect(plan.isClosed).toBe(true)
    plan.over(0, 143)
    expect([plan.isDone, plan.exitCode]).toEqual([true, 7])
  })

  test('a failure means that those which wait are not started', () => {
    const plan = begun({ jobs: 1 })
    plan.over(0, 1)
    expect(plan.takeDue()).toEqual([])
    expect([plan.isDone, plan.exitCode]).toEqual([true, 1])
  })

  test('goes on after a failure with `keep-going`, and gives the first', () => {
    const plan = begun({ jobs: 1, onFailure: 'keep-going' })
    plan.over(0, 3)
    expect(plan.takeDue()).toEqual([1])
    plan.over(1, 4)
    expect(plan.takeDue()).toEqual([2])
    plan.over(2, 0)
    expect([plan.isDone, plan.exitCode]).toEqual([true, 3])
  })

  test.each([0, 5])('with `success first` the first end decides, also one with %i', (code) => {
    const plan = begun({ success: { kind: 'first' } })
    plan.over(1, code)
    expect(plan.isClosed).toBe(true)
    plan.over(0, 9)
    plan.over(2, 0)
    expect(plan.exitCode).toBe(code)
  })

  test('with a name for `success` the others neither decide nor stop anyone', () => {
    const plan = begun({ success: { kind: 'name', name: 'b' } })
    plan.over(0, 9)
    expect([plan.isClosed, plan.exitCode]).toEqual([false, 0])
    plan.over(1, 4)
    expect([plan.isClosed, plan.exitCode]).toEqual([true, 4])
  })

  test('starts a failure again up to `restarts` times, each time after twice as long, and no success', () => {
    const plan = begun({ restarts: 9 })
    expect(plan.takeRestart(1, 0)).toBeUndefined()
    const pauses = Array.from({ length: 10 }, () => plan.takeRestart(0, 1))
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, undefined])
    expect(plan.takeRestart(1, 1)).toBe(250)
    expect([plan.restartsOf(0), plan.restartsOf(1)]).toEqual([9, 1])
  })

  test('starts nothing again once it is closed', () => {
    const plan = begun({ restarts: 9, jobs: 1 })
    plan.close()
    expect(plan.takeRestart(0, 1)).toBeUndefined()
    expect(plan.takeDue()).toEqual([])
  })

  test('has no exit code where commands were left out, unless a failure had decided', () => {
    const waiting = begun({ jobs: 1 })
    waiting.close()
    waiting.over(0, 0)
    expect([waiting.isDone, waiting.exitCode]).toEqual([true, undefined])
    const notRun = begun()
    for (const command of [0, 1]) notRun.over(command, 0)
    notRun.over(2, undefined)
    expect(notRun.exitCode).toBeUndefined()
    const failed = begun({ jobs: 1 })
    failed.over(0, 6)
    expect(failed.exitCode).toBe(6)
  })

  test('starts each command once, never more than `jobs`, and comes to an end, whatever ends when and how', () => {
    const anyRules = fc.record({
      names: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 6 }),
      jobs: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 4 })),
      restarts: fc.integer({ min: 0, max: 2 }),
      onFailure: fc.constantFrom('fail-fast' as const, 'keep-going' as const),
      success: fc.constantFrom({ kind: 'all' as const }, { kind: 'first' as const }),
    })
    const ends = fc.array(fc.record({ which: fc.nat(), code: fc.constantFrom(0, 0, 1, 2) }))
    fc.assert(
      fc.property(anyRules, ends, fc.option(fc.nat({ max: 12 })), (someRules, someEnds, closesAt) => {
        const plan = new FleetPlan(someRules)
        const started: number[] = []
        const running: number[] = []
        const failures: number[] = []
        const pending = [...someEnds]
        for (let step = 0; !plan.isDone; step++) {
          if (step === closesAt) plan.close()
          const due = plan.takeDue()
          if (plan.isClosed) expect(due).toEqual([])
          started.push(...due)
          running.push(...due)
          expect(running.length).toBe(plan.running)
          expect(running.length).toBeLessThanOrEqual(someRules.jobs)
          if (running.length === 0) continue
          const { which, code } = pending.shift() ?? { which: 0, code: 0 }
          const command = running[which % running.length]!
          if (plan.takeRestart(command, code) !== undefined) continue
          running.splice(running.indexOf(command), 1)
          if (code !== 0) failures.push(code)
          plan.over(command, code)
        }
        expect(started).toEqual(started.map((_, at) => at))
        if (someRules.success.kind === 'all' && failures.length > 0) expect(plan.exitCode).toBe(failures[0])
        if (started.length < someRules.names.length) expect(plan.isClosed).toBe(true)
      }),
    )
  })
})
