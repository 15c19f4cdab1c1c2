import { describe, expectTypeOf, test } from 'vitest'
import { asCompleted } from '../../src/core/as-completed.ts'
import { batch } from '../../src/core/batch.ts'
import type { ClosableIterator } from '../../src/core/closable-iterator.ts'
import { fromFunction } from '../../src/core/from-function.ts'
import { idleTimeout } from '../../src/core/idle-timeout.ts'
import { interleave } from '../../src/core/interleave.ts'
import type { LineRecord } from '../../src/core/lines/line-scanner.ts'
import { lineRecords } from '../../src/core/line-records.ts'
import { lines } from '../../src/core/lines.ts'
import { MergeMap } from '../../src/core/merge-map.ts'
import { mergeKeyed } from '../../src/core/merge.ts'
import { mergeSettled } from '../../src/core/merge.ts'
import { merge } from '../../src/core/merge.ts'
import { share, type Shared, type SharedReader } from '../../src/core/share.ts'
import { ticks } from '../../src/core/ticks.ts'

declare function stream<T>(): AsyncIterable<T>
/** Type-checked and never run. */
const checked = (_: () => void): void => undefined

describe('the types are exact', () => {
  test('merge gives the union of what its sources give', () => {
    checked(() => {
      expectTypeOf(merge([stream<number>(), stream<string>()])).toEqualTypeOf<ClosableIterator<number | string>>()
      expectTypeOf(merge([[1, 2], 'text'])).toEqualTypeOf<ClosableIterator<number | string>>()
      expectTypeOf(
        merge([(signal: AbortSignal) => (signal.throwIfAborted(), stream<Date>()), new Set<boolean>()]),
      ).toEqualTypeOf<ClosableIterator<Date | boolean>>()
      expectTypeOf(merge(new Set([stream<number>()]))).toEqualTypeOf<ClosableIterator<number>>()
      expectTypeOf(merge([[Promise.resolve(1)]])).toEqualTypeOf<ClosableIterator<number>>()
      expectTypeOf(merge([(_: AbortSignal) => [1], stream<null>()])).toEqualTypeOf<ClosableIterator<number | null>>()
    })
  })

  test('no sources give never', () => {
    checked(() => {
      expectTypeOf(merge([])).toEqualTypeOf<ClosableIterator<never>>()
      expectTypeOf(mergeKeyed({})).toEqualTypeOf<ClosableIterator<never>>()
      expectTypeOf(interleave([])).toEqualTypeOf<ClosableIterator<never>>()
    })
  })

  test('the key of mergeKeyed narrows the value', () => {
    checked(() => {
      const read = async (): Promise<void> => {
        for await (const item of mergeKeyed({
          word: stream<string>(),
          number: (_: AbortSignal) => [1],
          3: stream<null>(),
        })) {
          expectTypeOf(item).toEqualTypeOf<['word', string] | ['number', number] | ['3', null]>()
          if (item[0] === 'word') expectTypeOf(item[1]).toEqualTypeOf<string>()
          const [key, value] = item
          if (key === 'number') expectTypeOf(value).toEqualTypeOf<number>()
        }
      }
      expectTypeOf(read).returns.resolves.toBeVoid()
    })
  })

  test('mergeKeyed takes a Map and entries', () => {
    checked(() => {
      expectTypeOf(mergeKeyed(new Map([[1, stream<string>()]]))).toEqualTypeOf<ClosableIterator<[number, string]>>()
      expectTypeOf(
        mergeKeyed([
          ['a', stream<1>()],
          ['b', stream<2>()],
        ]),
      ).toEqualTypeOf<ClosableIterator<['a', 1] | ['b', 2]>>()
    })
  })

  test('mergeSettled gives the result of each', () => {
    checked(() => {
      expectTypeOf(mergeSettled({ a: stream<number>(), b: stream<string>() })).toEqualTypeOf<
        ClosableIterator<['a', PromiseSettledResult<number>] | ['b', PromiseSettledResult<string>]>
      >()
      // @ts-expect-error No error of a source is thrown, so that there is nothing to choose.
      mergeSettled({}, { errors: 'delay' })
    })
  })

  test('MergeMap, and every stream is an AsyncIterableIterator and disposable', () => {
    checked(() => {
      const map = new MergeMap<string, number>()
      expectTypeOf(map).toExtend<AsyncIterableIterator<[string, number]> & AsyncDisposable>()
      expectTypeOf(map.delete('a')).toEqualTypeOf<Promise<boolean>>()
      // @ts-expect-error Its items are numbers.
      map.set('a', ['text'])
      expectTypeOf(merge([])).toExtend<AsyncIterableIterator<never> & AsyncDisposable>()
    })
  })

  test('the other blocks', () => {
    checked(() => {
      expectTypeOf(interleave([[1], stream<string>()])).toEqualTypeOf<ClosableIterator<number | string>>()
      expectTypeOf(asCompleted([Promise.resolve(1), 'a'])).toEqualTypeOf<ClosableIterator<number | string>>()
      expectTypeOf(fromFunction(async (_signal: AbortSignal) => 1)).toEqualTypeOf<ClosableIterator<number>>()
      expectTypeOf(lines(stream<Uint8Array>())).toEqualTypeOf<ClosableIterator<string>>()
      expectTypeOf(lineRecords(['a'])).toEqualTypeOf<ClosableIterator<LineRecord>>()
      expectTypeOf(ticks(1)).toEqualTypeOf<ClosableIterator<number>>()
    })
  })

  test('batch gives arrays of what its source gives, and needs a size', () => {
    checked(() => {
      expectTypeOf(batch([1], { size: 2 })).toEqualTypeOf<ClosableIterator<number[]>>()
      expectTypeOf(batch((_: AbortSignal) => stream<Date>(), { size: 2, ms: 5 })).toEqualTypeOf<
        ClosableIterator<Date[]>
      >()
      expectTypeOf(batch([Promise.resolve(1)], { size: 2, ms: undefined })).toEqualTypeOf<ClosableIterator<number[]>>()
      // @ts-expect-error It has no default.
      batch([1], { ms: 5 })
      // @ts-expect-error Nor have the options.
      batch([1])
    })
  })

  test('idleTimeout gives what its source gives, and needs a limit', () => {
    checked(() => {
      expectTypeOf(idleTimeout(stream<string>(), 5)).toEqualTypeOf<ClosableIterator<string>>()
      expectTypeOf(idleTimeout((_: AbortSignal) => [1], 5, {})).toEqualTypeOf<ClosableIterator<number>>()
      // @ts-expect-error There is no default.
      idleTimeout(stream<string>())
    })
  })

  test('share gives readers of what its source gives, which count what they missed', () => {
    checked(() => {
      const shared = share(stream<string>(), { onSlow: 'drop' })
      expectTypeOf(shared).toEqualTypeOf<Shared<string>>()
      expectTypeOf(shared.read()).toEqualTypeOf<SharedReader<string>>()
      expectTypeOf(shared.read()).toExtend<ClosableIterator<string>>()
      expectTypeOf(shared.read()[Symbol.asyncIterator]().missed).toEqualTypeOf<number>()
      expectTypeOf(share((_: AbortSignal) => [Promise.resolve(1)])).toEqualTypeOf<Shared<number>>()
      // @ts-expect-error There is no such mode.
      share([1], { onSlow: 'block' })
      // @ts-expect-error How much is replayed is the share's, not a reader's.
      shared.read({ replay: 1 })
    })
  })

  test('what is no source is refused', () => {
    checked(() => {
      // @ts-expect-error A number is no source.
      merge([1])
      // @ts-expect-error A function that gives no iterable is none.
      merge([() => 1])
      // @ts-expect-error A number is no source.
      mergeKeyed({ a: 1 })
      // @ts-expect-error A number is no source.
      batch(1, { size: 1 })
      // @ts-expect-error A number is no source.
      idleTimeout(1, 1)
      // @ts-expect-error A number is no source.
      share(1)
      // @ts-expect-error There is no such mode.
      merge([], { errors: 'ignore' })
      // @ts-expect-error Lines are read from strings and bytes.
      lines([1])
    })
  })
})
