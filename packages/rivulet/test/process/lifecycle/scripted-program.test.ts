import { expect, test, vi } from 'vitest'
import { SpawnError } from '../../../src/process/errors.ts'
import type { MakeProgram } from '../../../src/process/lifecycle/choose-program.ts'
import { RunLifecycle } from '../../../src/process/lifecycle/run-lifecycle.ts'
import type { Program, ProgramParts } from '../../../src/process/program/program.ts'
import { discarded } from '../../../src/process/views/items.ts'
import { View } from '../../../src/process/views/view.ts'
import { rejectionOf } from '../../support/programs.ts'
import { settle } from '../../support/turn.ts'

type Source = Program<string>['sources'][number]

function sourceOf(next: () => ReturnType<Source['next']>): Source {
  return {
    next,
    return: () => Promise.resolve({ done: true, value: undefined }),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

const giving = sourceOf(() => Promise.resolve({ done: false, value: ['stdout', 'item'] }))
const failing = sourceOf(() => Promise.reject(new Error('broken pipe')))
const silent = sourceOf(() => new Promise(() => undefined))

type Parts = Pick<ProgramParts<unknown>, 'command' | 'observer'>

/** What the next program is, beside what it has of every other. */
let script: (parts: Parts) => Partial<Program<string>>

// Programs as no real one can be had: whose pipe cannot be read, or whose refusal comes at a moment of our choice.
vi.mock(import('../../../src/process/lifecycle/choose-program.ts'), () => ({
  chooseProgram: () => {
    const make = (parts: Parts): Program<string> => ({
      order: 'arrival',
      sources: [silent],
      pid: undefined,
      gone: Promise.resolve(),
      end: { code: null, signalCode: null, hasDumpedCore: false, strays: 0 },
      start: () => undefined,
      kill: () => false,
      discard: () => undefined,
      close: () => undefined,
      stop: () => Promise.resolve(),
      dispose: () => undefined,
      ...script(parts),
    })
    return make as unknown as MakeProgram
  },
}))

const reading = { items: () => discarded() }
const done = { done: true, value: undefined }

test('the error of a stream is thrown as it is, and the run is over with it', async () => {
  script = () => ({ pid: 4711, sources: [giving, failing] })
  const lifecycle = new RunLifecycle(['any'], {})
  const view = new View(lifecycle, reading)
  expect((await view.next()).value).toEqual(['stdout', 'item'])
  expect(await rejectionOf(view.next())).toEqual(new Error('broken pipe'))
  expect(await lifecycle.status).toMatchObject({ reason: 'killed' })
  expect(await view.next()).toEqual(done)
})

test('the error of a stream that nobody has read yet is thrown in place of the reason of a later abort', async () => {
  script = () => ({ pid: 4711, sources: [giving, failing] })
  const controller = new AbortController()
  const view = new View(new RunLifecycle(['any'], { signal: controller.signal }), reading)
  expect((await view.next()).value).toEqual(['stdout', 'item'])
  await settle()
  controller.abort('late')
  expect(await rejectionOf(view.next())).toEqual(new Error('broken pipe'))
  expect(await view.next()).toEqual(done)
})

/** A program that turns out not to have been started while it is stopped. */
function refusedWhileStopped({ observer, command }: Parts): Partial<Program<string>> {
  const stop = (): Promise<void> => {
    observer.refused(new SpawnError(command, 'ENOENT', 'not found on PATH', new Error('spawn any ENOENT')))
    return Promise.resolve()
  }
  return { stop }
}

test('leaving throws nothing, also if the program turns out not to have been started', async () => {
  script = refusedWhileStopped
  const lifecycle = new RunLifecycle(['any'], {})
  const view = new View(lifecycle, reading)
  const pending = view.next()
  expect(await view.return()).toEqual(done)
  expect(await pending).toEqual(done)
  expect(await lifecycle.status).toMatchObject({ reason: 'killed', startedAt: null })
})

test('an abort throws its reason, also if the program turns out not to have been started', async () => {
  script = refusedWhileStopped
  const controller = new AbortController()
  const view = new View(new RunLifecycle(['any'], { signal: controller.signal }), reading)
  const pending = rejectionOf(view.next())
  controller.abort('enough')
  expect(await pending).toBe('enough')
  expect(await view.next()).toEqual(done)
})
