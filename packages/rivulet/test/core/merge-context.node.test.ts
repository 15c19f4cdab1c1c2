import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test, vi } from 'vitest'
import { MergeMap } from '../../src/core/merge-map.ts'
import { merge } from '../../src/core/merge.ts'
import { turn } from '../support/turn.ts'

const storage = new AsyncLocalStorage<string>()

/** A source that notes in which context each of its methods runs. */
function noting(log: Set<string>, gives = 3): AsyncIterable<number> {
  const note = (what: string): void => void log.add(`${what} in ${String(storage.getStore())}`)
  return {
    [Symbol.asyncIterator]() {
      note('open')
      let count = 0
      return {
        next: async () => {
          note('next')
          await turn()
          return count++ < gives ? { done: false, value: count } : { done: true, value: undefined }
        },
        return: async () => {
          note('return')
          return { done: true, value: undefined }
        },
      }
    },
  }
}

test('a source is opened, asked and closed in the context in which merge() was called, whoever reads and whoever ended last', async () => {
  const log = new Set<string>()
  const stream = storage.run('merging', () => merge([noting(log), noting(log, 1), noting(log, 100)]))
  await storage.run('reading', async () => {
    let count = 0
    for await (const _ of stream) if (++count === 8) break
  })
  expect([...log].sort()).toEqual(['next in merging', 'open in merging', 'return in merging'])
})

test('the abort of a function source and onSuppressed run in that context too', async () => {
  const log: unknown[] = []
  const controller = new AbortController()
  const stream = storage.run('merging', () =>
    merge(
      [
        (signal: AbortSignal) => {
          log.push(`open in ${String(storage.getStore())}`)
          signal.addEventListener('abort', () => log.push(`abort in ${String(storage.getStore())}`))
          return noting(new Set(), 100)
        },
        {
          [Symbol.asyncIterator]: () => ({
            next: () => new Promise<never>(() => undefined),
            return: () => Promise.reject('closing'),
          }),
        },
      ],
      {
        signal: controller.signal,
        onSuppressed: (error) => log.push(`${String(error)} in ${String(storage.getStore())}`),
      },
    ),
  )
  await storage.run('reading', () => stream.next())
  storage.run('aborting', () => {
    controller.abort('stop')
  })
  await storage.run('reading', () => stream.next()).catch(() => undefined)
  expect(log).toEqual(['open in merging', 'abort in merging', 'closing in merging'])
})

test('the consumer keeps its own context', async () => {
  const stream = storage.run('merging', () => merge([noting(new Set())]))
  await storage.run('reading', async () => {
    for await (const _ of stream) expect(storage.getStore()).toBe('reading')
  })
})

test('a source of a MergeMap runs in the context in which it was set', async () => {
  const [a, b] = [new Set<string>(), new Set<string>()]
  const map = new MergeMap<string, number>()
  storage.run('set a', () => map.set('a', noting(a)))
  storage.run('set b', () => map.set('b', noting(b)))
  storage.run('closing', () => {
    map.close()
  })
  await storage.run('reading', async () => {
    for await (const _ of map) await turn()
  })
  expect([...a]).toEqual(['open in set a', 'next in set a'])
  expect([...b]).toEqual(['open in set b', 'next in set b'])
})

test('what a source enters for itself does not reach its siblings, nor does an abort that it makes in another context', async () => {
  const log = new Set<string>()
  const leaving = new AbortController()
  async function* entering(): AsyncGenerator<number> {
    storage.enterWith('a context of its own')
    yield 1
    storage.run('another', () => leaving.abort('the reason'))
    yield 2
  }
  const stream = storage.run('merging', () => merge([entering(), noting(log, 100)], { signal: leaving.signal }))
  const reading = (async () => {
    for await (const _ of stream);
  })()
  await expect(reading).rejects.toBe('the reason')
  expect([...log].sort()).toEqual(['next in merging', 'open in merging', 'return in merging'])
})

test('the `then` of a promise that is more than one runs in the context of its source', async () => {
  const seen = new Set<string | undefined>()
  class Lazy extends Promise<IteratorResult<number>> {
    override then: typeof Promise.prototype.then = (...callbacks) => {
      seen.add(storage.getStore())
      return super.then(...callbacks)
    }
  }
  const source = {
    next: () => new Lazy((resolve) => resolve({ done: false, value: 1 })),
    [Symbol.asyncIterator]: () => source,
  }
  const stream = storage.run('merging', () => merge([source]))
  await storage.run('reading', () => stream.next())
  expect([...seen]).toEqual(['merging'])
})

test('who has changed `next` of all generators before it was loaded gives what they like', async () => {
  async function* letters(): AsyncGenerator<string> {
    yield* ['a', 'b']
  }
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf(letters.prototype) as object) as { next: unknown }
  const own = Object.getPrototypeOf(letters.prototype) as { next: (this: unknown) => Promise<unknown> }
  const original = own.next
  expect(prototype).not.toHaveProperty('next')
  own.next = function (this: unknown) {
    const promise = original.call(this)
    return { then: promise.then.bind(promise) } as Promise<unknown>
  }
  try {
    vi.resetModules()
    const fresh = await import('../../src/core/merge.ts')
    const seen: unknown[] = []
    for await (const pair of fresh.mergeKeyed({ key: letters() })) seen.push(pair)
    expect(seen).toEqual([
      ['key', 'a'],
      ['key', 'b'],
    ])
  } finally {
    own.next = original
  }
})
