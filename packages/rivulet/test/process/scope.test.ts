import { describe, expect, test } from 'vitest'
import { merge, mergeKeyed, MergeMap, withTaskGroup } from '../../src/core/index.ts'
import { run, type Run, type RunOptions } from '../../src/process/index.ts'
import { gate, ProbeSource } from '../support/probe-source.ts'
import { makeCookie, unreaped } from '../support/processes.ts'
import { readAll, rejectionOf, shell, startedPid } from '../support/programs.ts'
import { behind, through, Trace, withholding } from '../support/scoped.ts'
import { takeTurns } from '../support/take-turns.ts'
import { settle, stateOf } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

/** A call that is waited for inside a generator, as one that yields its result. */
async function* once(call: () => Promise<unknown>): AsyncGenerator {
  yield await call()
}

const views: [name: string, view: (child: Run) => AsyncIterable<unknown>][] = [
  ['itself', (child) => child],
  ['lines()', (child) => child.lines()],
  ['lineBatches()', (child) => child.lineBatches()],
  ['events()', (child) => child.events()],
  ['stdout()', (child) => child.stdout()],
  ['stderr()', (child) => child.stderr()],
  ['collect()', (child) => once(() => child.collect())],
  ['wait()', (child) => once(() => child.wait())],
]

const between: Record<string, (stream: AsyncIterable<unknown>, trace: Trace) => AsyncIterable<unknown>> = {
  'one generator': (stream, trace) => behind(1, stream, trace),
  'two generators': (stream, trace) => behind(2, stream, trace),
  'five generators': (stream, trace) => behind(5, stream, trace),
  'a filter that never yields': withholding,
}

/** Resolves when the program of a run has started and its reader waits for what it prints. */
async function isReading(child: Run): Promise<void> {
  await startedPid(child)
  await settle()
}

const failure = new Error('of the sibling')

/** Each begins to read the source, stops the reading when `isReady` resolves, and gives the reason that the status is to tell. */
const ways: Record<string, (source: AsyncIterable<unknown>, isReady: () => Promise<unknown>) => Promise<string>> = {
  async 'a consumer that leaves'(source, isReady) {
    const stream = merge([source])
    const reading = readAll(stream)
    await isReady()
    await stream.return()
    await reading
    return 'killed'
  },
  async 'an abort'(source, isReady) {
    const controller = new AbortController()
    const reading = rejectionOf(readAll(merge([source], { signal: controller.signal })))
    await isReady()
    controller.abort(0)
    expect(await reading).toBe(0)
    return 'aborted'
  },
  async 'the error of a sibling'(source, isReady) {
    const sibling = new ProbeSource()
    const reading = rejectionOf(readAll(merge([source, sibling])))
    await isReady()
    sibling.fail(failure)
    expect(await reading).toBe(failure)
    return 'killed'
  },
  async 'MergeMap.delete'(source, isReady) {
    const map = new MergeMap<string, unknown>().set('source', source)
    map.close()
    const reading = readAll(map)
    await isReady()
    await map.delete('source')
    await reading
    return 'killed'
  },
  async 'the failure of a task beside it'(source, isReady) {
    const group = withTaskGroup(async ({ spawn }) => {
      void spawn(async () => {
        await isReady()
        throw failure
      })
      await readAll(source)
    })
    expect(await rejectionOf(group)).toBe(failure)
    return 'killed'
  },
  async 'an abort of its task group'(source, isReady) {
    const controller = new AbortController()
    const group = rejectionOf(
      withTaskGroup(({ spawn }) => void spawn(() => readAll(source)), { signal: controller.signal }),
    )
    await isReady()
    controller.abort('stop')
    expect(await group).toBe('stop')
    return 'aborted'
  },
}

describe.each(views)('a run inside a source, read by %s,', (name, view) => {
  test.each(Object.keys(ways))('is ended by %s, whatever generators stand in between', async (way) => {
    for (const [generators, wrap] of Object.entries(between)) {
      const { env, living } = makeCookie()
      const child = run('sleep', ['300'], { env })
      const trace = new Trace()
      const reason = await ways[way]!(wrap(view(child), trace), () => isReading(child))
      expect(living(), generators).toEqual([])
      expect(trace.unwound, generators).toBeGreaterThan(0)
      expect(trace.passed, generators).toBe(0)
      // The exit of a run is an event that comes before anything is thrown: a generator that yields it is left there.
      if (name !== 'events()') expect(trace.told, generators).toHaveLength(trace.unwound)
      expect(await child.status, generators).toMatchObject({ reason, signalCode: 'SIGTERM' })
    }
    expect(unreaped()).toEqual([])
  })

  test.each(Object.keys(ways))('is ended by %s although its start had waited for its turn', async (way) => {
    const { env, living } = makeCookie()
    const others = takeTurns(3)
    const child = run('sleep', ['300'], { env })
    const trace = new Trace()
    const reason = await ways[way]!(behind(2, view(child), trace), () => isReading(child))
    expect(living()).toEqual([])
    expect(trace).toMatchObject({ passed: 0, unwound: 2 })
    expect(await child.status).toMatchObject({ reason, signalCode: 'SIGTERM' })
    await others
  })

  test.each(Object.keys(ways))('is never started where %s comes before its turn', async (way) => {
    const { env, living } = makeCookie()
    const others = takeTurns(3)
    const child = run('sleep', ['300'], { env })
    const trace = new Trace()
    // Microtasks alone, so that the source waits and the turn has not come.
    const reason = await ways[way]!(behind(2, view(child), trace), async () => {
      for (let i = 0; i < 20; i++) await Promise.resolve()
    })
    expect(trace).toMatchObject({ passed: 0, unwound: 2 })
    expect(await child.status).toMatchObject({ reason, startedAt: null })
    await others
    await settle()
    expect(child.pid).toBeUndefined()
    expect(living()).toEqual([])
  })
})

/** Reads a source beside others until `isReady` resolves, leaves it, and says how long that is. */
async function leaveWhen(source: AsyncIterable<unknown>, isReady: () => Promise<unknown>): Promise<void> {
  await ways['a consumer that leaves']!(source, isReady)
}

describe('a run inside a source that is told to stop', () => {
  const begin = (script: string, options: RunOptions = {}): { child: Run; living: () => number[] } => {
    const { env, living } = makeCookie()
    return { child: shell(script, { ...options, env }), living }
  }

  test('is awaited until nothing of its group lives, also where that ignores SIGTERM', async () => {
    const { child, living } = begin(`trap '' TERM; echo; while :; do sleep 0.1; done`, { killAfterMs: 100 })
    const ready = gate()
    async function* quiet(): AsyncGenerator {
      for await (const [name] of child) if (name === 'stdout') ready.open()
      yield* []
    }
    await leaveWhen(behind(1, quiet(), new Trace()), () => ready.promise)
    expect(living()).toEqual([])
    expect(await child.status).toMatchObject({ reason: 'killed', signalCode: 'SIGKILL' })
  })

  test('does not end another that a finally starts to clean up', async () => {
    const { child, living } = begin('exec sleep 300')
    const cleaned: unknown[] = []
    async function* cleaning(): AsyncGenerator {
      try {
        yield* child.lines()
      } finally {
        const others = takeTurns(2)
        for await (const [, line] of through(shell('echo cleaned').lines(), new Trace())) cleaned.push(line)
        cleaned.push((await shell('echo and collected').collect()).stdout, (await shell('exit 0').wait()).code)
        await others
      }
    }
    await leaveWhen(behind(2, cleaning(), new Trace()), () => startedPid(child))
    expect(cleaned).toEqual(['cleaned', 'and collected\n', 0])
    expect(living()).toEqual([])
  })

  test('is ended at once while the source is busy with something else, which hears it at its next wait', async () => {
    const { child, living } = begin('echo; exec sleep 300')
    const [foreign, busy, trace] = [gate(), gate(), new Trace()]
    async function* source(): AsyncGenerator {
      for await (const item of through(child.lines(), trace)) {
        busy.open()
        await foreign.promise
        if (item[0] === 'stderr') yield item
      }
    }
    const left = leaveWhen(behind(1, source(), new Trace()), () => busy.promise)
    expect(await child.status).toMatchObject({ reason: 'killed' })
    expect(living()).toEqual([])
    expect(await stateOf(left)).toBe('pending')
    foreign.open()
    await left
    expect(trace.passed).toBe(0)
    expect(trace.told).toMatchObject([{ name: 'AbortError' }])
  })

  const asked: [name: string, ask: (child: Run) => Promise<unknown>][] = [
    ['next()', (child) => child.next()],
    ['lines()', (child) => child.lines().next()],
    ['stdout()', (child) => child.stdout().next()],
    ['collect()', (child) => child.collect()],
    ['wait()', (child) => child.wait()],
  ]
  test.each(asked)('leaves no rejection unhandled where the source has asked ahead by %s', async (_, ask) => {
    const unhandled = collectUnhandled()
    const { child, living } = begin('exec sleep 300')
    const foreign = gate()
    async function* ahead(): AsyncGenerator {
      const all = ask(child)
      await foreign.promise
      yield await all
    }
    const left = leaveWhen(ahead(), () => startedPid(child))
    await child.status
    await settle()
    expect(unhandled.stop()).toEqual([])
    expect(living()).toEqual([])
    foreign.open()
    await left
  })

  test('was first read elsewhere, and has lines ready: it is in the scope from the first next() in it', async () => {
    const { child, living } = begin('echo a; echo b; echo c; exec sleep 300')
    const lines = child.lines()
    expect((await lines.next()).value).toEqual(['stdout', 'a'])
    const trace = new Trace()
    await leaveWhen(withholding(lines, trace), settle)
    expect(trace).toMatchObject({ passed: 0, unwound: 1 })
    expect(living()).toEqual([])
  })

  test('heeds a signal of its own too, whose reason is an error of the source', async () => {
    const own = new AbortController()
    const { child, living } = begin('exec sleep 300', { signal: own.signal })
    const reading = rejectionOf(readAll(merge([behind(2, child.lines(), new Trace()), new ProbeSource()])))
    await startedPid(child)
    own.abort('own')
    expect(await reading).toBe('own')
    expect(living()).toEqual([])
    expect(await child.status).toMatchObject({ reason: 'aborted' })
  })

  test('that ended by itself is not touched, and its status stays', async () => {
    const { child } = begin('exit 3', { check: false })
    async function* ended(): AsyncGenerator {
      yield* child.lines()
      yield 'ended'
      yield* new ProbeSource()
    }
    const stream = merge([behind(1, ended(), new Trace())])
    expect((await stream.next()).value).toBe('ended')
    await stream.return()
    expect(await child.status).toMatchObject({ reason: 'exited', code: 3 })
  })

  test('is one of many that were begun at once: none of them lives', async () => {
    const { env, living } = makeCookie()
    const children = Array.from({ length: 30 }, () => run('sleep', ['300'], { env }))
    const sources = Object.fromEntries(children.map((child, at) => [String(at), behind(2, child.lines(), new Trace())]))
    const stream = mergeKeyed(sources)
    const reading = readAll(stream)
    await startedPid(children[9]!)
    await stream.return()
    await reading
    expect(living()).toEqual([])
    expect(unreaped()).toEqual([])
    for (const child of children) expect(await child.status).toMatchObject({ reason: 'killed' })
  })

  test('leaves a run of another merge alone, that was begun in the same turn', async () => {
    const [one, other] = [begin('exec sleep 300'), begin('exec sleep 300')]
    const stream = merge([behind(1, other.child, new Trace())])
    const reading = readAll(stream)
    await leaveWhen(behind(1, one.child, new Trace()), () => startedPid(one.child))
    await startedPid(other.child)
    expect(one.living()).toEqual([])
    // Two where the supervisor runs it.
    expect(other.living()).not.toEqual([])
    await stream.return()
    await reading
    expect(other.living()).toEqual([])
  })
})
