import { expect, test } from 'vitest'
import { StopPlan } from '../../../src/process/stopping/stop-plan.ts'

test('the plan asks the group to end once, and wakes what is stopped', () => {
  const plan = new StopPlan(1000)
  expect(plan.due(0)).toEqual(['SIGTERM', 'SIGCONT'])
  expect(plan.due(1)).toEqual([])
  expect(plan.due(999)).toEqual([])
})

test('after killAfterMs the plan kills, again and again', () => {
  const plan = new StopPlan(1000)
  plan.due(0)
  expect(plan.due(1000)).toEqual(['SIGKILL'])
  expect(plan.due(1001)).toEqual(['SIGKILL'])
})

test('with killAfterMs 0 the plan kills at once', () => {
  expect(new StopPlan(0).due(0)).toEqual(['SIGKILL'])
})

test('the plan looks again often at first, never later than the kill is due, and at most every 50 ms', () => {
  const plan = new StopPlan(1000)
  expect(plan.pauseMs(0)).toBe(2)
  expect(plan.pauseMs(400)).toBe(50)
  expect(plan.pauseMs(990)).toBe(10)
  expect(plan.pauseMs(5000)).toBe(50)
})
