import { describe, expect, test } from 'vitest'
import { asCompleted } from '../../src/core/as-completed.ts'
import { batch } from '../../src/core/batch.ts'
import { fromFunction } from '../../src/core/from-function.ts'
import { idleTimeout } from '../../src/core/idle-timeout.ts'
import { interleave } from '../../src/core/interleave.ts'
import { lineRecords } from '../../src/core/line-records.ts'
import { lines } from '../../src/core/lines.ts'
import { MergeMap } from '../../src/core/merge-map.ts'
import { merge, mergeKeyed, mergeSettled } from '../../src/core/merge.ts'
import { Queue } from '../../src/core/queue.ts'
import { share } from '../../src/core/share.ts'
import { withTaskGroup } from '../../src/core/task-group.ts'
import { ticks } from '../../src/core/ticks.ts'

/** Each maker of the core, called with these options. */
const makers: Record<string, (options: never) => unknown> = {
  merge: (options) => merge([[1]], options),
  mergeKeyed: (options) => mergeKeyed({ a: [1] }, options),
  mergeSettled: (options) => mergeSettled({ a: [1] }, options),
  MergeMap: (options) => new MergeMap(options),
  Queue: (options) => new Queue(options),
  withTaskGroup: (options) => withTaskGroup(() => 1, options),
  fromFunction: (options) => fromFunction(() => 1, options),
  interleave: (options) => interleave([[1]], options),
  asCompleted: (options) => asCompleted([1], options),
  batch: (options) => batch([1], options),
  idleTimeout: (options) => idleTimeout([1], 1, options),
  share: (options) => share([1], options),
  read: (options) => share([1]).read(options),
  ticks: (options) => ticks(1, options),
  lines: (options) => lines(['a'], options),
  lineRecords: (options) => lineRecords(['a'], options),
}

describe.each(Object.entries(makers))('%s', (name, make) => {
  test('refuses an option that it does not know by its name, whatever the value', () => {
    for (const value of [undefined, 1]) {
      expect(() => make({ singal: value } as never)).toThrow(TypeError)
      expect(() => make({ singal: value } as never)).toThrow(`${name}: no option 'singal'; `)
    }
  })

  test('refuses options that are no object', () => {
    expect(() => make(null as never)).toThrow(new TypeError(`${name}: options must be an object, not null`))
    expect(() => make(5 as never)).toThrow(new TypeError(`${name}: options must be an object, not 5`))
  })
})

describe('the hint', () => {
  test('names the option that begins most alike, whatever the case', () => {
    expect(() => merge([], { bufer: 2 } as never)).toThrow("no option 'bufer'; did you mean 'buffer'?")
    expect(() => merge([], { Signal: 2 } as never)).toThrow("no option 'Signal'; did you mean 'signal'?")
    expect(() => merge([], { cleanup: 2 } as never)).toThrow("no option 'cleanup'; did you mean 'cleanupTimeoutMs'?")
  })

  test('lists what there is where none is alike', () => {
    expect(() => ticks(1, { every: 2 } as never)).toThrow("ticks: no option 'every'; it takes signal")
  })

  test('a list of streams that has no keys is refused with what to write', () => {
    expect(() => mergeKeyed([ticks(1), ticks(2)] as never)).toThrow(
      new TypeError('sources[0] must be [key, source] (or give a record: { name: source }), not a stream'),
    )
  })
})
