import { expect, test, vi } from 'vitest'
import { RunLifecycle } from '../../../src/process/lifecycle/run-lifecycle.ts'
import type { Program } from '../../../src/process/program/program.ts'
import { discarded } from '../../../src/process/views/items.ts'
import { View } from '../../../src/process/views/view.ts'
import { rejectionOf } from '../../support/programs.ts'
import { settle } from '../../support/turn.ts'

type Sources = Program<string>['sources']

/** A source that gives an item and then waits, or that fails. */
function sourceOf(next: () => Promise<IteratorResult<['stdout', string], undefined>>): Sources[number] {
  return {
    next,
    return: () => Promise.resolve({ done: true, value: undefined }),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

const sources: Sources = [
  sourceOf(() => Promise.resolve({ done: false, value: ['stdout', 'item'] })),
  sourceOf(() => Promise.reject(new Error('broken pipe'))),
]

// A pipe that fails to be read, which no real program brings about.
vi.mock(import('../../../src/process/lifecycle/choose-program.ts'), () => ({
  chooseProgram: () => () =>
    ({
      order: 'arrival',
      sources,
      pid: 4711,
      gone: Promise.resolve(),
      end: { code: 0, signalCode: null, hasDumpedCore: false, strays: 0 },
      start: () => undefined,
      kill: () => false,
      discard: () => undefined,
      close: () => undefined,
      stop: () => Promise.resolve(),
      dispose: () => undefined,
    }) as Program<never>,
}))

const reading = { items: () => discarded() }

test('the error of a stream that nobody has read yet is thrown in place of the reason of a later abort', async () => {
  const controller = new AbortController()
  const view = new View(new RunLifecycle(['any'], { signal: controller.signal }), reading)
  expect((await view.next()).value).toEqual(['stdout', 'item'])
  await settle()
  controller.abort('late')
  expect(await rejectionOf(view.next())).toEqual(new Error('broken pipe'))
  expect(await view.next()).toEqual({ done: true, value: undefined })
})

test('the error of a stream is thrown as it is, and the run is over with it', async () => {
  const lifecycle = new RunLifecycle(['any'], {})
  const view = new View(lifecycle, reading)
  expect((await view.next()).value).toEqual(['stdout', 'item'])
  expect(await rejectionOf(view.next())).toEqual(new Error('broken pipe'))
  expect(await lifecycle.status).toMatchObject({ reason: 'killed' })
  expect(await view.next()).toEqual({ done: true, value: undefined })
})
