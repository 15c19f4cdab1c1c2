import { appendFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { GrowthWatcher } from '../../src/record/growth-watcher.ts'
import { rejectionOf, stateOf } from '../../../rivulet/test/support/turn.ts'
import { fileWith } from './support/folder.ts'

/** Longer than any test. */
const neverMs = 1_000_000

describe('GrowthWatcher', () => {
  const { signal } = new AbortController()

  test('tells that a file may have grown, also when nobody waited just then', async () => {
    const path = fileWith('')
    using growth = new GrowthWatcher(path, neverMs)
    const waiting = growth.wait(signal)
    expect(await stateOf(waiting)).toBe('pending')
    appendFileSync(path, 'x')
    expect(await waiting).toBe(true)
  })

  test('looks again where there is no word of it', async () => {
    using growth = new GrowthWatcher('/none/run.jsonl', 1)
    expect(await growth.wait(signal)).toBe(false)
    expect(await growth.wait(signal)).toBe(false)
  })

  test('is not waited for any longer than its signal allows', async () => {
    const controller = new AbortController()
    using growth = new GrowthWatcher(fileWith(''), neverMs)
    const waiting = growth.wait(controller.signal)
    controller.abort(new Error('over'))
    expect(await rejectionOf(waiting)).toEqual(new Error('over'))
    expect(await rejectionOf(growth.wait(controller.signal))).toEqual(new Error('over'))
  })
})
