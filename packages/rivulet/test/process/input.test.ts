import { describe, expect, test } from 'vitest'
import { Queue } from '../../src/core/index.ts'
import { run } from '../../src/process/index.ts'
import { makeCookie } from '../support/processes.ts'
import { readAll, rejectionOf } from '../support/programs.ts'
import { settle, turn } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

describe('input', () => {
  test('is a string, bytes or an AsyncIterable of them', async () => {
    async function* parts(): AsyncGenerator<string | Uint8Array> {
      yield 'a\n'
      yield new Uint8Array([98, 10])
    }
    for (const input of ['a\nb\n', new Uint8Array([97, 10, 98, 10]), parts()]) {
      const lines = await readAll(run('cat', [], { input }).lines())
      expect(lines.map(([, line]) => line)).toEqual(['a', 'b'])
    }
  })

  test('is empty without it, never ours', async () => {
    expect(await readAll(run('cat'))).toEqual([])
  })

  test('that is not read is no error, and an endless one is closed when the program ends', async () => {
    expect(await readAll(run('true', [], { input: 'x'.repeat(1_000_000) }))).toEqual([])
    let asked = 0
    let isClosed = false
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) {
          asked++
          yield 'y\n'
        }
      } finally {
        isClosed = true
      }
    }
    const lines = await readAll(run('head', ['-n', '1'], { input: endless() }).lines())
    expect(lines).toEqual([['stdout', 'y']])
    expect(isClosed).toBe(true)
    expect(asked).toBeGreaterThan(0)
  })

  test('that throws stops the run, and is the error, whatever it is', async () => {
    async function* failing(): AsyncGenerator<string> {
      yield 'a\n'
      throw undefined
    }
    const child = run('cat', [], { input: failing(), check: false })
    expect(await rejectionOf(readAll(child))).toBe(undefined)
    expect(await child.status).toMatchObject({ reason: 'failed' })
  })

  test('that stands still does not keep the run from being stopped', async () => {
    const stuck = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) }
    const child = run('cat', [], { input: stuck })
    const next = child.next()
    await child.return()
    expect(await next).toEqual({ done: true, value: undefined })
  })

  test('is asked only as the program reads', async () => {
    let asked = 0
    async function* megabytes(): AsyncGenerator<Uint8Array> {
      for (;;) {
        asked++
        yield new Uint8Array(1024 * 1024)
      }
    }
    const child = run('sh', ['-c', 'echo; exec sleep 300'], { input: megabytes() })
    await child.next()
    for (let i = 0; i < 200; i++) await turn()
    expect(asked).toBeLessThanOrEqual(2)
    await child.return()
  })

  test('is closed at its next item when the program has closed its stdin and lives on', async () => {
    const items = new Queue<string>({ capacity: 1 })
    const closed = { is: false }
    async function* input(): AsyncGenerator<string> {
      try {
        yield* items
      } finally {
        closed.is = true
      }
    }
    const lines = run('sh', ['-c', 'exec <&-; echo closed; exec sleep 300'], { input: input() }).lines()
    expect((await lines.next()).value).toEqual(['stdout', 'closed'])
    const pending = lines.next()
    while (!closed.is) {
      items.tryPut('more\n')
      await turn()
    }
    await lines.return()
    expect(await pending).toEqual({ done: true, value: undefined })
  })

  test('that stands still is not waited for when the program has ended', async () => {
    const stuck = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) }
    expect(await run('sh', ['-c', 'echo hi'], { input: stuck }).collect()).toMatchObject({ stdout: 'hi\n', code: 0 })
  })

  test('that cannot be opened, or gives what cannot be written, stops the run and is the error', async () => {
    const broken = {
      [Symbol.asyncIterator]: () => {
        throw new Error('no iterator')
      },
    }
    expect(await rejectionOf(run('cat', [], { input: broken }).wait())).toMatchObject({ message: 'no iterator' })
    const numbers = (async function* () {
      yield 1 as unknown as string
    })()
    expect(await rejectionOf(run('cat', [], { input: numbers }).wait())).toBeInstanceOf(TypeError)
    const tagged = run('yes') as unknown as AsyncIterable<string>
    const error = await rejectionOf(run('cat', [], { input: tagged }).wait())
    expect((error as Error).message).toContain('input: other.stdout()')
  })

  test('that is cut short is not taken for a whole one: the program is signalled before its stdin is closed', async () => {
    for (let round = 0; round < 50; round++) {
      const controller = new AbortController()
      const input = new Queue<string>({ capacity: 1 })
      input.tryPut('half')
      const child = run('cat', [], { input, signal: controller.signal })
      await child.next()
      controller.abort()
      expect(await child.status).toMatchObject({ code: null, signalCode: 'SIGTERM' })
    }
  })

  test('that is cut short by leaving does not end for a program that ignores SIGTERM, which is killed', async () => {
    const input = new Queue<string>({ capacity: 1 })
    input.tryPut('half\n')
    const script = `trap '' TERM; read line; echo $line; read more; exit 7`
    const child = run('sh', ['-c', script], { input, killAfterMs: 100 })
    for await (const _ of child) break
    expect(await child.status).toMatchObject({ code: null, signalCode: 'SIGKILL' })
  })

  test('that ends the run by itself, as it is first asked, ends it', async () => {
    const controller = new AbortController()
    const aborting = (async function* (): AsyncGenerator<string> {
      controller.abort('by the input')
      yield 'x'
    })()
    const aborted = run('sleep', ['300'], { input: aborting, signal: controller.signal })
    expect(await rejectionOf(aborted.wait())).toBe('by the input')
    const leaving = {
      [Symbol.asyncIterator]: () => {
        void left.return()
        return { next: () => new Promise<never>(() => undefined) }
      },
    }
    const left = run('sleep', ['300'], { input: leaving })
    expect(await left.next()).toEqual({ done: true, value: undefined })
    expect(await left.status).toMatchObject({ reason: 'killed' })
  })

  test.each([
    ['cannot be started', (input: AsyncIterable<Uint8Array>) => run('no-such-program', [], { input })],
    ['is aborted before', (input) => run('cat', [], { input, signal: AbortSignal.abort('before') })],
    ['cannot be started by the supervisor', (input) => run('no-such-program', [], { input, order: 'exact' })],
  ] as [string, (input: AsyncIterable<Uint8Array>) => ReturnType<typeof run>][])(
    'of a run that %s is closed, so that another run that was to be read is over',
    async (_, second) => {
      const first = run('yes')
      await rejectionOf(second(first.stdout()).wait())
      expect(await first.status).toMatchObject({ reason: 'killed', startedAt: null })
    },
  )

  test('of a run that is disposed of before it began is closed too, whatever its closing throws', async () => {
    const unhandled = collectUnhandled()
    const first = run('yes')
    await run('cat', [], { input: first.stdout() }).return()
    expect(await first.status).toMatchObject({ reason: 'killed' })
    const closed = { is: 0 }
    const broken = {
      [Symbol.asyncIterator]: () => broken,
      next: () => new Promise<never>(() => undefined),
      return: () => {
        closed.is++
        throw new Error('cannot be closed')
      },
    }
    await run('cat', [], { input: broken }).return()
    await settle()
    expect(closed.is).toBe(1)
    expect(unhandled.stop()).toEqual([])
  })

  test('that fails while the program floods is the error, and the program is gone', async () => {
    const { env, living } = makeCookie()
    const failure = new Error('input')
    const input = (async function* (): AsyncGenerator<string> {
      yield 'a\n'
      throw failure
    })()
    expect(await rejectionOf(readAll(run('yes', [], { env, input })))).toBe(failure)
    expect(living()).toEqual([])
  })
})

describe('env', () => {
  test('is passed exactly also where coverage is measured, for which Node adds a variable', async () => {
    const { NODE_V8_COVERAGE: before } = process.env
    process.env.NODE_V8_COVERAGE = '/nowhere'
    try {
      const { stdout } = await run('/usr/bin/env', [], { env: { ONLY: 'this', NOT: undefined } }).collect()
      expect(stdout).toBe('ONLY=this\n')
    } finally {
      if (before === undefined) delete process.env.NODE_V8_COVERAGE
      else process.env.NODE_V8_COVERAGE = before
    }
  })

  test('is ours at the start without it', async () => {
    const child = run('sh', ['-c', 'echo $RIVULET_TEST_LATE'])
    process.env.RIVULET_TEST_LATE = 'set after run()'
    expect((await child.collect()).stdout).toBe('set after run()\n')
    delete process.env.RIVULET_TEST_LATE
  })
})
