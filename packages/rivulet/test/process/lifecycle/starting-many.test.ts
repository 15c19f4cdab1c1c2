import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, test } from 'vitest'
import { Queue } from '../../../src/core/index.ts'
import { run, type Run, type RunEvent, type RunStatus } from '../../../src/process/index.ts'
import { makeCookie } from '../../support/processes.ts'
import { readAll, shell, startedPid } from '../../support/programs.ts'
import { takeTurns } from '../../support/take-turns.ts'
import { turn } from '../../support/turn.ts'

const { env, living } = makeCookie()

test('of many runs that are begun at once one is started a turn, so that the event loop is not held up by all', async () => {
  const children = Array.from({ length: 30 }, () => run('sleep', ['300'], { env }))
  const pending = children.map((child) => child.next())
  const started = (): number => children.filter(({ pid }) => pid !== undefined).length
  expect(started()).toBe(1)
  while (started() < children.length) {
    const before = started()
    await turn()
    expect(started() - before).toBeLessThanOrEqual(1)
  }
  await Promise.all(children.map((child) => child.return()))
  expect((await Promise.all(pending)).every(({ done }) => done)).toBe(true)
  expect(living()).toEqual([])
})

test.each([
  ['at once', 0],
  ['in its turn', 1],
])('a run that is started %s, and aborted by who hears of its start, leaves nothing running', async (_, others) => {
  const controller = new AbortController()
  const ended = takeTurns(others)
  const child = run('sleep', ['300'], { env, signal: controller.signal })
  const abort = (): void => controller.abort('enough')
  const waiting = others > 0 ? child.wait() : undefined
  subscribe('child_process', abort)
  await expect(waiting ?? child.wait()).rejects.toBe('enough')
  unsubscribe('child_process', abort)
  await ended
  expect(await child.status).toMatchObject({
    reason: 'aborted',
    signalCode: 'SIGTERM',
    startedAt: expect.any(Number) as number,
  })
  expect(child.pid).toBeTypeOf('number')
  expect(living()).toEqual([])
})

test.each([
  ['at once', 0],
  ['in its turn', 1],
])(
  'a run that is started %s, and left by who hears of its start, is stopped, and its status says so',
  async (_, others) => {
    const seen: string[] = []
    const done = { done: true as const, value: undefined }
    const input = {
      next: () => new Promise<never>(() => seen.push('asked')),
      return: () => {
        seen.push('closed')
        return Promise.resolve(done)
      },
      [Symbol.asyncIterator]() {
        return this
      },
    }
    const ended = takeTurns(others)
    const child = run('sleep', ['300'], { env, input })
    let left: Promise<unknown> | undefined
    const leave = (): void => void (left ??= child.return())
    const asked = others > 0 ? child.next() : undefined
    subscribe('child_process', leave)
    expect(await (asked ?? child.next())).toEqual(done)
    unsubscribe('child_process', leave)
    expect(await left).toEqual(done)
    expect(await child.status).toMatchObject({
      reason: 'killed',
      signalCode: 'SIGTERM',
      startedAt: expect.any(Number) as number,
    })
    expect(seen).toEqual(['closed'])
    expect(living()).toEqual([])
    await ended
  },
)

/** What each view makes of a program that prints one line. */
const views: ((child: Run) => Promise<unknown>)[] = [
  async (child) => (await child.collect()).stdout,
  async (child) => (await readAll(child)).map(([, chunk]) => new TextDecoder().decode(chunk)).join(''),
  async (child) => (await readAll(child.lines())).map(([, line]) => `${line}\n`).join(''),
  async (child) => (await readAll(child.stdout())).map((chunk) => new TextDecoder().decode(chunk)).join(''),
  async (child) => (await readAll(child.events())).map((event) => (event.type === 'output' ? event.data : '')).join(''),
]

describe.each<RunStatus['order']>(['arrival', 'exact'])("a run that waits for its turn, with order: '%s',", (order) => {
  test('is read whole, whatever the view, as are fifty', async () => {
    const children = Array.from({ length: 50 }, (_, at) => run('echo', [String(at)], { env, order }))
    const texts = await Promise.all(children.map((child, at) => views[at % views.length]!(child)))
    expect(texts).toEqual(children.map((_, at) => `${at}\n`))
    for (const { status } of children) expect(await status).toMatchObject({ code: 0, order, drained: true })
  })

  test('tells how it ended to who asked before its start, and not to who asked later', async () => {
    const others = takeTurns()
    const input = new Queue<string>({ capacity: 1 })
    const child = shell('cat; exit 3', { input, order })
    const first = child.next()
    await startedPid(child)
    const second = child.next()
    input.close()
    const [told, later] = await Promise.allSettled([first, second])
    expect(told).toMatchObject({ status: 'rejected', reason: { name: 'ExitError', code: 3 } })
    expect(later).toEqual({ status: 'fulfilled', value: { done: true, value: undefined } })
    await others
  })

  test('gives its start first among its events, with its id', async () => {
    const others = takeTurns()
    const child = run('echo', ['hi'], { order })
    const events = child.events()
    // Asked at once, before it has been started.
    const [first, second] = await Promise.all([events.next(), events.next()])
    expect(first.value).toMatchObject({ seq: 1, type: 'start', pid: child.pid, command: ['echo', 'hi'] })
    expect(second.value).toMatchObject({ seq: 2, type: 'output', data: 'hi\n' })
    const rest: RunEvent[] = await readAll(events)
    expect(rest).toMatchObject([{ seq: 3, type: 'exit', code: 0 }])
    await others
  })

  test.each<[name: string, read: (child: Run) => Promise<unknown>]>([
    ['wait()', (child) => child.wait()],
    ['events()', (child) => readAll(child.events())],
  ])('is cut after drainMs, read by %s, when a grandchild holds its pipes', async (_, read) => {
    const others = takeTurns()
    const child = shell('sleep 300 &', { env, drainMs: 20, order })
    await read(child)
    expect(await child.status).toMatchObject({ code: 0, reason: 'exited', drained: false })
    expect(living()).toEqual([])
    await others
  })

  test('has begun when it was asked first, and not when it was started', async () => {
    const others = takeTurns(50)
    const input = new Queue<string>({ capacity: 1 })
    const child = run('cat', [], { input, order })
    const ended = child.wait()
    const begunBy = Date.now()
    const begunByMs = performance.now()
    await startedPid(child)
    const waitedMs = performance.now() - begunByMs
    input.close()
    const { startedAt, durationMs } = await ended
    expect(startedAt).toBeLessThanOrEqual(begunBy)
    expect(durationMs).toBeGreaterThanOrEqual(waitedMs)
    await others
  })

  test('reads its input in the async context in which it was asked first', async () => {
    const context = new AsyncLocalStorage<number>()
    async function* input(): AsyncGenerator<string> {
      yield String(context.getStore())
    }
    const reading = [1, 2, 3].map((at) => context.run(at, () => run('cat', [], { input: input(), order }).collect()))
    expect((await Promise.all(reading)).map(({ stdout }) => stdout)).toEqual(['1', '2', '3'])
  })
})
