import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { merge } from '../../src/core/merge.ts'
import { Queue } from '../../src/core/queue.ts'
import { withTaskGroup } from '../../src/core/task-group.ts'
import { ticks } from '../../src/core/ticks.ts'
import { ProbeSource } from '../support/probe-source.ts'
import { rejectionOf } from '../support/turn.ts'

test('whatever waits for one signal shares one listener, which is gone when the last is over', async () => {
  const warnings: unknown[] = []
  const onWarning = (warning: unknown): void => void warnings.push(warning)
  process.on('warning', onWarning)
  const controller = new AbortController()
  const { signal } = controller
  const queue = new Queue<number>({ capacity: 1 })
  const waits = Array.from({ length: 12 }, () => [
    merge([new ProbeSource()], { signal }).next(),
    ticks(1_000_000, { signal }).next(),
    queue.get({ signal }),
    withTaskGroup(
      (group) =>
        new Promise((_, reject) => group.signal.addEventListener('abort', () => reject(group.signal.reason as Error))),
      { signal },
    ),
  ]).flat()
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  const left = merge([new ProbeSource({ items: [1] })], { signal })
  for await (const _ of left) break
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  const reason = new Error('stop')
  controller.abort(reason)
  for (const wait of waits) expect(await rejectionOf(wait)).toBe(reason)
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', onWarning)
  expect(warnings).toEqual([])
})
