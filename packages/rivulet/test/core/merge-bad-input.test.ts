import { describe, expect, test } from 'vitest'
import type { MergeOptions } from '../../src/core/merge-options.ts'
import { mergeKeyed } from '../../src/core/merge.ts'
import { mergeSettled } from '../../src/core/merge.ts'
import { merge } from '../../src/core/merge.ts'
import { ProbeSource, readAll } from '../support/probe-source.ts'

describe('bad input to a merge', () => {
  const good = new ProbeSource()

  test.each([5, null, undefined, {}, true])('the source %s is a TypeError that names its index or key', (bad) => {
    const sources = { good, bad: bad as never }
    expect(() => merge([good, bad as never])).toThrow(TypeError)
    expect(() => merge([good, bad as never])).toThrow(/1/)
    expect(() => mergeKeyed(sources)).toThrow(/'bad'/)
    expect(() => mergeSettled(new Map(Object.entries(sources)))).toThrow(/'bad'/)
    expect(good.opened).toBe(0)
  })

  test.each([5, null, undefined, 'text', [1], [['a']]])('%j is no set of keyed sources, a TypeError', (bad) => {
    expect(() => mergeKeyed(bad as never)).toThrow(TypeError)
  })

  test.each<[string, unknown, typeof RangeError | typeof TypeError]>([
    ['buffer', -1, RangeError],
    ['buffer', 0, RangeError],
    ['buffer', 1.5, RangeError],
    ['buffer', NaN, RangeError],
    ['buffer', Infinity, RangeError],
    ['buffer', '1', TypeError],
    ['errors', 'ignore', RangeError],
    ['errors', 1, TypeError],
    ['cleanupTimeoutMs', -1, RangeError],
    ['cleanupTimeoutMs', NaN, RangeError],
    ['cleanupTimeoutMs', 2 ** 31, RangeError],
    ['cleanupTimeoutMs', '1', TypeError],
    ['signal', {}, TypeError],
    ['signal', null, TypeError],
    ['onSuppressed', 'log', TypeError],
  ])('%s: %s is refused by name, before anything was started', (name, value, type) => {
    const options = { [name]: value } as MergeOptions
    for (const make of [() => merge([good], options), () => mergeKeyed({ good }, options)]) {
      expect(make).toThrow(type)
      expect(make).toThrow(name)
    }
    expect(good.opened).toBe(0)
  })

  test('options that are undefined are as if they were left out', async () => {
    const options = {
      buffer: undefined,
      errors: undefined,
      cleanupTimeoutMs: undefined,
      signal: undefined,
      onSuppressed: undefined,
    }
    expect(await readAll(merge([[1]], options))).toEqual([1])
  })
})
