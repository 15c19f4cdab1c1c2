import { expect, test } from 'vitest'
import { run } from '../../src/process/index.ts'
import { makeCookie } from '../support/processes.ts'
import { turn } from '../support/turn.ts'

const { env, living } = makeCookie()

test('of many runs that are begun at once one is started a turn, so that the event loop is not held up by all', async () => {
  const children = Array.from({ length: 30 }, () => run('sleep', ['300'], { env }))
  const pending = children.map((child) => child.next())
  const started = (): number => children.filter(({ pid }) => pid !== undefined).length
  expect(started()).toBe(1)
  while (started() < children.length) {
    const before = started()
    await turn()
    expect(started() - before).toBeLessThanOrEqual(1)
  }
  await Promise.all(children.map((child) => child.return()))
  expect((await Promise.all(pending)).every(({ done }) => done)).toBe(true)
  expect(living()).toEqual([])
})
