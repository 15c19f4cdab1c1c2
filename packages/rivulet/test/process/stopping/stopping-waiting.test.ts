import { describe, expect, test } from 'vitest'
import { ExitError, run, type Run } from '../../../src/process/index.ts'
import { makeCookie, openDescriptors, unreaped } from '../../support/processes.ts'
import { readAll, rejectionOf, startedPid } from '../../support/programs.ts'
import { SignalProbe } from '../../support/signal-probe.ts'
import { takeTurns } from '../../support/take-turns.ts'
import { settle, turn } from '../../support/turn.ts'
import { collectUnhandled } from '../../support/unhandled.ts'

const { env, living } = makeCookie()
const done = { done: true, value: undefined }
const never = { startedAt: null, code: null, signalCode: null, durationMs: 0, drained: true }

const views: [name: string, view: (child: Run) => AsyncIterableIterator<unknown>][] = [
  ['chunks', (child) => child],
  ['lines()', (child) => child.lines()],
  ['lineBatches()', (child) => child.lineBatches()],
  ['stdout()', (child) => child.stdout()],
  ['events()', (child) => child.events()],
]

describe.each(views)('a run that waits for its turn, read by its %s,', (_, view) => {
  test('rejects the first next() with the very reason of an abort, and is never started', async () => {
    const signal = new SignalProbe()
    const others = takeTurns()
    const child = run('sleep', ['300'], { env, signal: signal.signal })
    const stream = view(child)
    const answers = Promise.allSettled([stream.next(), stream.next(), stream.next()])
    expect(signal.listeners).toBe(1)
    expect(child.kill()).toBe(false)
    signal.abort(0)
    const after = stream.next()
    expect(await answers).toEqual([
      { status: 'rejected', reason: 0 },
      { status: 'fulfilled', value: done },
      { status: 'fulfilled', value: done },
    ])
    expect(await after).toEqual(done)
    expect(await child.status).toMatchObject({ ...never, reason: 'aborted' })
    await others
    await settle()
    expect(child.pid).toBeUndefined()
    expect(signal.listeners).toBe(0)
    expect(living()).toEqual([])
  })

  test('settles every next() as done before anything else when it is left, and is never started', async () => {
    const signal = new SignalProbe()
    const others = takeTurns()
    const child = run('sleep', ['300'], { env, signal: signal.signal, timeoutMs: 600_000 })
    const stream = view(child)
    const answers = Promise.all([stream.next(), stream.next()])
    const left = stream.return?.()
    expect(await Promise.race([answers, turn()])).toEqual([done, done])
    expect(await left).toEqual(done)
    expect(await stream.next()).toEqual(done)
    expect(await child.status).toMatchObject({ ...never, reason: 'killed' })
    await others
    await settle()
    expect(child.pid).toBeUndefined()
    expect(signal.listeners).toBe(0)
    expect(living()).toEqual([])
  })

  test('is left by the dispose of the run too', async () => {
    const others = takeTurns()
    const child = run('sleep', ['300'], { env })
    const pending = view(child).next()
    await child[Symbol.asyncDispose]()
    expect(await pending).toEqual(done)
    expect(await child.status).toMatchObject({ ...never, reason: 'killed' })
    await others
    expect(living()).toEqual([])
  })

  test('is timed out', async () => {
    // Each of them takes a turn, and the time is looked at between the turns.
    const others = takeTurns(50)
    const child = run('sleep', ['300'], { env, timeoutMs: 1 })
    const quiet = run('sleep', ['300'], { env, timeoutMs: 1, check: false })
    const stream = view(child)
    const [error, second, rest] = await Promise.all([rejectionOf(stream.next()), stream.next(), readAll(view(quiet))])
    expect(error).toBeInstanceOf(ExitError)
    expect(error).toMatchObject({ reason: 'timeout', code: null, stderr: '' })
    expect((error as ExitError).message).toBe("'sleep 300' was not started within its timeoutMs")
    expect(second).toEqual(done)
    expect(rest).toEqual([])
    for (const { status } of [child, quiet]) expect(await status).toMatchObject({ ...never, reason: 'timeout' })
    await others
    expect(living()).toEqual([])
  })
})

test('the input of a run that is stopped while it waits is closed, and nothing is asked of it', async () => {
  const seen: string[] = []
  const input = (name: string): AsyncIterableIterator<string> => ({
    next: () => {
      seen.push(`${name} asked`)
      return Promise.resolve({ done: false, value: '' })
    },
    return: () => {
      seen.push(name)
      return Promise.resolve({ done: true, value: undefined })
    },
    [Symbol.asyncIterator]() {
      return this
    },
  })
  const controller = new AbortController()
  const others = takeTurns(50)
  const left = run('cat', [], { input: input('left') })
  const ends = Promise.allSettled([
    run('cat', [], { input: input('aborted'), signal: controller.signal }).wait(),
    run('cat', [], { input: input('timed out'), timeoutMs: 1 }).wait(),
    left.next(),
  ])
  controller.abort()
  await left.return()
  await ends
  await others
  expect(seen.sort()).toEqual(['aborted', 'left', 'timed out'])
})

test.each<[name: string, end: (child: Run, controller: AbortController) => unknown]>([
  ['left', (child) => child.return()],
  ['aborted', (_, controller) => controller.abort()],
])('a run that is %s while it waits keeps no timer', async (_, end) => {
  const others = takeTurns()
  const timers = (): number => process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length
  const controller = new AbortController()
  const before = timers()
  const child = run('sleep', ['300'], { env, timeoutMs: 600_000, signal: controller.signal })
  const answer = Promise.allSettled([child.next()])
  expect(timers()).toBe(before + 1)
  end(child, controller)
  expect(timers()).toBe(before)
  await Promise.all([answer, others])
})

test('a run that is left as soon as its turn has come is stopped', async () => {
  const others = takeTurns()
  const child = run('sleep', ['300'], { env })
  const pending = child.next()
  await startedPid(child)
  await child.return()
  expect(await pending).toEqual(done)
  expect(await child.status).toMatchObject({ reason: 'killed', signalCode: 'SIGTERM' })
  await others
  expect(living()).toEqual([])
})

test('of fifty runs that are begun in one loop every one ends in its own way, and nothing is left of any', async () => {
  await run('true').wait()
  const descriptors = openDescriptors()
  const unhandled = collectUnhandled()
  const controller = new AbortController()
  const children = Array.from({ length: 50 }, (_, at) =>
    run(at % 3 === 0 ? 'echo' : 'sleep', ['300'], { env, signal: at % 3 === 1 ? controller.signal : undefined }),
  )
  // The first is started at once, whatever becomes of it then.
  const ends = children.map((child) => child.collect().catch((error: unknown) => error))
  controller.abort('changed my mind')
  await Promise.all(children.filter((_, at) => at % 3 === 2).map((child) => child.return()))
  for (const [at, end] of (await Promise.all(ends)).entries()) {
    if (at % 3 === 0) expect(end).toMatchObject({ stdout: '300\n', reason: 'exited' })
    if (at % 3 === 1) expect(end).toBe('changed my mind')
    if (at % 3 === 2) expect(end).toMatchObject({ ...never, stdout: '', reason: 'killed' })
  }
  expect(unhandled.stop()).toEqual([])
  expect(living()).toEqual([])
  expect(unreaped()).toEqual([])
  expect(openDescriptors()).toBe(descriptors)
})
