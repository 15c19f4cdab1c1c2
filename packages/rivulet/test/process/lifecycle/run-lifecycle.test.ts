import { expect, test, vi } from 'vitest'
import { RunLifecycle } from '../../../src/process/lifecycle/run-lifecycle.ts'
import type { Reading } from '../../../src/process/lifecycle/run-setup.ts'
import { discarded } from '../../../src/process/views/items.ts'
import { View } from '../../../src/process/views/view.ts'
import { rejectionOf } from '../../support/programs.ts'
import { turn } from '../../support/turn.ts'

// As on a machine for which there is no supervisor.
vi.mock(import('../../../src/process/supervisor-status.ts'), () => ({
  supervisorStatus: () => ({ available: false, reason: 'there is none' }),
}))

const nothing: Reading<never> = { items: () => discarded() }

test('a run makes nothing of what it is read with before its turn has come', async () => {
  const made: string[] = []
  const readingOf = (name: string): Reading<never> => ({
    items: (stream) => {
      made.push(`${name} ${stream}`)
      return discarded()
    },
  })
  const begun = ['first', 'second', 'third'].map((name) => {
    const lifecycle = new RunLifecycle(['true'], {})
    const view = new View(lifecycle, readingOf(name))
    return { lifecycle, view, end: view.next() }
  })
  expect(made).toEqual(['first stdout', 'first stderr'])
  await turn()
  expect(made.slice(2)).toEqual(['second stdout', 'second stderr'])
  await begun[1]?.lifecycle.begun
  expect(begun[2]?.lifecycle.pid).toBeUndefined()
  await begun[2]?.view.return()
  // Nobody waits any more for a start that does not come.
  await begun[2]?.lifecycle.begun
  expect(await begun[2]?.lifecycle.status).toMatchObject({ reason: 'killed', startedAt: null })
  await Promise.all(begun.map(({ end }) => end))
  expect(made).toHaveLength(4)
})

test('an option that needs what is not available is refused at once, also while another start takes the turn', async () => {
  const first = new View(new RunLifecycle(['true'], {}), nothing).next()
  const refused = new RunLifecycle(['true'], { contain: true })
  expect(() => refused.open(nothing, () => false)).toThrow(/contain needs the supervisor/)
  expect(await refused.status).toMatchObject({ reason: 'failed', startedAt: null })
  await refused.begun
  await first
})

test('a run that is aborted while it waits begins no more: the first who asked is told why, the others that it is over', async () => {
  const controller = new AbortController()
  const first = new View(new RunLifecycle(['true'], {}), nothing).next()
  const lifecycle = new RunLifecycle(['true'], { signal: controller.signal })
  const view = new View(lifecycle, nothing)
  const nexts = [view.next(), view.next()] as const
  controller.abort(null)
  expect(await rejectionOf(nexts[0])).toBe(null)
  const done = { done: true, value: undefined }
  expect([await nexts[1], await view.next(), await view.return()]).toEqual([done, done, done])
  await lifecycle.begun
  expect(lifecycle.isStopped).toBe(true)
  expect(await lifecycle.status).toMatchObject({ reason: 'aborted', startedAt: null })
  await first
})
