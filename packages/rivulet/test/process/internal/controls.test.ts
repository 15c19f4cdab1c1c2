import { expect, test, vi } from 'vitest'
import { Controls } from '../../../src/process/internal/controls.ts'
import type { Reading } from '../../../src/process/internal/execution.ts'
import { dropped } from '../../../src/process/internal/items/dropped.ts'
import { rejectionOf } from '../../support/programs.ts'
import { turn } from '../../support/turn.ts'

// As on a machine for which there is no supervisor.
vi.mock(import('../../../src/process/supervisor-status.ts'), () => ({
  supervisorStatus: () => ({ available: false, reason: 'there is none' }),
}))

test('a run makes nothing of what it is read with before its turn has come', async () => {
  const made: string[] = []
  const readingOf = (name: string): Reading<never> => ({
    items: (stream) => {
      made.push(`${name} ${stream}`)
      return dropped()
    },
  })
  const begun = ['first', 'second', 'third'].map((name) => {
    const controls = new Controls(['true'], {})
    const stream = controls.start(readingOf(name))
    return { controls, stream, end: stream.next() }
  })
  expect(made).toEqual(['first stdout', 'first stderr'])
  await turn()
  expect(made.slice(2)).toEqual(['second stdout', 'second stderr'])
  await begun[1]?.controls.begun
  expect(begun[2]?.controls.pid).toBeUndefined()
  await begun[2]?.stream.return()
  // Nobody waits any more for a start that does not come.
  await begun[2]?.controls.begun
  await Promise.all(begun.map(({ end }) => end))
  expect(made).toHaveLength(4)
})

test('what the options ask for and is not to be had is refused at once, also where the turn is taken', async () => {
  const first = new Controls(['true'], {})
  const stream = first.start({ items: () => dropped() })
  const refused = new Controls(['true'], { contain: true })
  expect(() => refused.start({ items: () => dropped() })).toThrow(/contain needs the supervisor/)
  expect(await refused.status).toMatchObject({ reason: 'failed', startedAt: null })
  await refused.begun
  await stream.next()
})

test('a run that is aborted while it waits begins no more, whoever waits for its start', async () => {
  const { signal, abort } = aborter()
  const first = new Controls(['true'], {})
  const end = first.start({ items: () => dropped() }).next()
  const second = new Controls(['true'], { signal })
  const next = second.start({ items: () => dropped() }).next()
  abort('enough')
  const verdict = await rejectionOf(next)
  expect(await rejectionOf(second.judge(verdict))).toBe('enough')
  await second.begun
  expect(second.isStopped).toBe(true)
  await end
})

function aborter(): { signal: AbortSignal; abort: (reason: unknown) => void } {
  const controller = new AbortController()
  return { signal: controller.signal, abort: (reason) => controller.abort(reason) }
}
