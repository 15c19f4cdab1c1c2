import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { share } from '../../src/core/share.ts'
import { turn } from '../support/turn.ts'

const storage = new AsyncLocalStorage<string>()

test('a shared source is opened, asked and closed in the context in which share() was called, whoever asks and whoever leaves last', async () => {
  const log = new Set<string>()
  const note = (what: string): void => void log.add(`${what} in ${String(storage.getStore())}`)
  const source = {
    [Symbol.asyncIterator]() {
      note('open')
      let count = 0
      return {
        next: async () => {
          note('next')
          if (count % 3 === 0) await turn()
          return { done: false as const, value: count++ }
        },
        return: async () => {
          note('return')
          return { done: true as const, value: undefined }
        },
      }
    },
  }
  const shared = storage.run('sharing', () => share(source, { buffer: 2 }))
  const read = async (most: number): Promise<void> => {
    let count = 0
    for await (const _ of shared.read()) {
      expect(storage.getStore()).toBe(`reading ${String(most)}`)
      if (++count === most) break
      if (count % 2 === 0) await turn()
    }
  }
  await Promise.all([5, 9].map((most) => storage.run(`reading ${String(most)}`, () => read(most))))
  expect([...log].sort()).toEqual(['next in sharing', 'open in sharing', 'return in sharing'])
})

test('the abort of a function source runs in that context too', async () => {
  const log: string[] = []
  const controller = new AbortController()
  const shared = storage.run('sharing', () =>
    share((signal: AbortSignal) => {
      signal.addEventListener('abort', () => log.push(`abort in ${String(storage.getStore())}`))
      return [1, 2, 3]
    }),
  )
  const reader = storage.run('reading', () => shared.read({ signal: controller.signal }))
  await storage.run('reading', () => reader.next())
  storage.run('aborting', () => controller.abort('enough'))
  await expect(reader.next()).rejects.toBe('enough')
  expect(log).toEqual(['abort in sharing'])
})
