import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Progress } from '../../../src/process/lifecycle/progress.ts'
import type { EndReason } from '../../../src/process/status.ts'

const natural = ['exited', 'stdout', 'stderr'] as const
const causes = ['killed', 'aborted', 'timeout', 'limit', 'failed'] as const satisfies readonly EndReason[]
type Step = (typeof natural)[number] | (typeof causes)[number]

function take(progress: Progress, step: Step): boolean {
  if (step === 'exited') return progress.exited()
  return step === 'stdout' || step === 'stderr' ? progress.streamEnded() : progress.decide(step)
}

test('a run ends by itself when the program has ended and both streams are read, whichever comes last', () => {
  for (const steps of [
    ['exited', 'stdout', 'stderr'],
    ['stdout', 'exited', 'stderr'],
    ['stdout', 'stderr', 'exited'],
  ] as const) {
    const progress = new Progress()
    expect(steps.map((step) => take(progress, step))).toEqual([false, false, true])
    expect(progress.reason).toBe('exited')
  }
})

test('the first cause is told so and stays', () => {
  const progress = new Progress()
  expect(progress.decide('timeout')).toBe(true)
  expect(progress.decide('killed')).toBe(false)
  expect(progress.decide('timeout')).toBe(false)
  expect(progress.reason).toBe('timeout')
})

test('a run that somebody ends does not end by itself any more', () => {
  const progress = new Progress()
  progress.decide('aborted')
  expect(natural.map((step) => take(progress, step))).toEqual([false, false, false])
  expect(progress.reason).toBe('aborted')
})

test('deciding neither ends the run nor says that the reading was cut: that is done by who carries it out', () => {
  const progress = new Progress()
  natural.forEach((step) => take(progress, step))
  expect([progress.isOver, progress.isDrained]).toEqual([false, true])
})

test('in every order of what can happen exactly one ends the run: the first cause, or the last of its own end', () => {
  const anyOrder = fc.shuffledSubarray<Step>([...natural, ...causes])
  fc.assert(
    fc.property(anyOrder, (steps) => {
      const own = natural.map((step) => steps.indexOf(step))
      const endsByItselfAt = own.includes(-1) ? Infinity : Math.max(...own)
      const causeAt = steps.findIndex((step) => causes.some((cause) => cause === step))
      const winnerAt = Math.min(endsByItselfAt, causeAt === -1 ? Infinity : causeAt)

      const progress = new Progress()
      const told = steps.map((step) => take(progress, step))
      expect(told).toEqual(steps.map((_step, at) => at === winnerAt))
      const winner = steps[winnerAt]
      expect(progress.reason).toBe(winner === 'stdout' || winner === 'stderr' ? 'exited' : winner)
    }),
    { numRuns: 1000 },
  )
})
