import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mergeKeyed, ticks } from '../../../src/core/index.ts'
import { ExitError, run, type Run } from '../../../src/process/index.ts'
import { gate } from '../../support/probe-source.ts'
import { lives, makeCookie, state, until } from '../../support/processes.ts'
import { readAll, rejectionOf, shell, startedPid } from '../../support/programs.ts'
import { SignalProbe } from '../../support/signal-probe.ts'
import { settle } from '../../support/turn.ts'

describe('stopping', () => {
  test('a timeout is an ExitError that says so, or quiet with check: false', async () => {
    const { env, living } = makeCookie()
    const error = await rejectionOf(readAll(run('sleep', ['300'], { env, timeoutMs: 20 })))
    expect(error).toBeInstanceOf(ExitError)
    expect(error).toMatchObject({ reason: 'timeout', signalCode: 'SIGTERM' })
    const quiet = run('sleep', ['300'], { env, timeoutMs: 20, check: false })
    expect(await readAll(quiet)).toEqual([])
    expect(await quiet.status).toMatchObject({ reason: 'timeout' })
    expect(living()).toEqual([])
  })

  test('an abort acts while nobody asks; the next next() rejects with the very reason, later ones are done', async () => {
    const { env, living } = makeCookie()
    const controller = new AbortController()
    const child = run('yes', [], { env, signal: controller.signal })
    await child.next()
    controller.abort('why')
    expect(await child.status).toMatchObject({ reason: 'aborted' })
    expect(living()).toEqual([])
    expect(await rejectionOf(child.next())).toBe('why')
    expect(await child.next()).toEqual({ done: true, value: undefined })
  })

  test('a timeout acts while nobody asks', async () => {
    const { env, living } = makeCookie()
    // Long enough for the first chunk on a busy machine, where a program takes tens of milliseconds to start.
    const child = run('yes', [], { env, timeoutMs: 500 })
    await child.next()
    expect(await child.status).toMatchObject({ reason: 'timeout' })
    expect(living()).toEqual([])
    expect(await rejectionOf(child.next())).toMatchObject({ reason: 'timeout' })
    expect(await child.next()).toEqual({ done: true, value: undefined })
  })

  test('a program that ended in time is not timed out because the event loop was held up', async () => {
    const child = run('true', [], { timeoutMs: 500 })
    const ended = child.wait()
    const pid = await startedPid(child)
    const sinceMs = performance.now()
    // It has ended, and its time is up, before anything of this process runs again.
    while (lives(pid) || performance.now() - sinceMs < 600);
    expect(await ended).toMatchObject({ code: 0, reason: 'exited' })
  })

  test('a timeout that comes after the limit takes nothing of what is within the limit', async () => {
    const child = shell(`printf '1\\n2\\n3\\n4\\n'`, { maxOutputBytes: 6, timeoutMs: 100, check: false })
    const lines = child.lines()
    const seen = [(await lines.next()).value?.[1]]
    await child.status
    await new Promise((resolve) => setTimeout(resolve, 150))
    for await (const [, line] of lines) seen.push(line)
    expect(seen).toEqual(['1', '2', '3'])
  })

  test('the first cause stays: an abort while a run whose input failed is being stopped changes nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rivulet-first-cause-'))
    const told = join(folder, 'told')
    const failure = gate()
    async function* input(): AsyncGenerator<string> {
      await failure.promise
      throw new Error('no more')
      yield ''
    }
    const controller = new AbortController()
    const script = `trap 'echo >${told}' TERM; echo; while :; do sleep 0.01; done`
    const child = shell(script, { input: input(), killAfterMs: 200, signal: controller.signal })
    await child.next()
    failure.open()
    await until(() => existsSync(told))
    controller.abort('late')
    expect(await rejectionOf(child.next())).toEqual(new Error('no more'))
    expect(await child.status).toMatchObject({ reason: 'failed', signalCode: 'SIGKILL' })
    rmSync(folder, { recursive: true })
  })

  test('runs may share one signal, however many they are, without a warning of a leak', async () => {
    const signal = new SignalProbe()
    const warnings: unknown[] = []
    const listener = (warning: Error): void => void warnings.push(warning)
    process.on('warning', listener)
    const children = Array.from({ length: 20 }, () => run('sleep', ['300'], { signal: signal.signal }))
    const ends = children.map((child) => rejectionOf(child.wait()))
    expect(signal.listeners).toBe(1)
    signal.abort('all')
    expect(new Set(await Promise.all(ends))).toEqual(new Set(['all']))
    await settle()
    process.off('warning', listener)
    expect(warnings).toEqual([])
    expect(signal.listeners).toBe(0)
  })

  test('dispose settles a next() that waits at once, whatever the view, though the program takes its time', async () => {
    const script = `trap '' TERM; echo; while :; do sleep 0.01; done`
    const views: [(child: Run) => AsyncIterator<unknown>, number][] = [
      [(child) => child, 1],
      [(child) => child.lines(), 1],
      [(child) => child.stdout(), 1],
      [(child) => child.events(), 2],
    ]
    for (const [view, items] of views) {
      const child = shell(script, { killAfterMs: 300 })
      const stream = view(child)
      for (let i = 0; i < items; i++) await stream.next()
      const pending = stream.next()
      const disposed = child[Symbol.asyncDispose]()
      expect(await Promise.race([pending, disposed])).toEqual({ done: true, value: undefined })
      await disposed
    }
  })

  test('an abort after the program is over drops the lines that are unread, and leaves the status as it was', async () => {
    const signal = new SignalProbe()
    const child = shell(`printf 'a\\nb\\nc\\n'`, { signal: signal.signal })
    const lines = child.lines()
    await lines.next()
    const { reason } = await child.status
    signal.abort('late')
    expect(await rejectionOf(lines.next())).toBe('late')
    expect(await lines.next()).toEqual({ done: true, value: undefined })
    expect(reason).toBe('exited')
    expect(signal.listeners).toBe(0)
  })

  test('a signal that is already aborted starts nothing', async () => {
    const child = run('no-such-program', [], { signal: AbortSignal.abort('before') })
    expect(await rejectionOf(child.next())).toBe('before')
    expect(await child.status).toMatchObject({ reason: 'aborted', startedAt: null })
  })

  test('kill() signals the group and settles nothing', async () => {
    const child = run('sh', ['-c', `trap 'echo got; exit 7' USR1; echo ready; while :; do sleep 0.01; done`])
    expect(child.kill()).toBe(false)
    const seen: string[] = []
    const reading = async (): Promise<void> => {
      for await (const [name, line] of child.lines()) {
        // The shell tells on stderr what became of the sleep.
        if (name === 'stdout') seen.push(line)
        if (line === 'ready') expect(child.kill('SIGUSR1')).toBe(true)
      }
    }
    expect(await rejectionOf(reading())).toMatchObject({ code: 7, reason: 'exited' })
    expect(seen).toEqual(['ready', 'got'])
    expect(child.kill()).toBe(false)
  })

  test('a program that is ended by itself lets the members of its group go that hold no pipe', async () => {
    const { env, living } = makeCookie()
    const child = shell('sleep 300 >/dev/null 2>&1 & echo $!', { env })
    const [[, line] = ['', '']] = await readAll(child.lines())
    expect(await child.status).toMatchObject({ reason: 'exited', drained: true })
    expect(living()).toEqual([Number(line)])
    process.kill(Number(line), 'SIGKILL')
  })

  test('a program that is stopped is woken, so that SIGTERM reaches it', async () => {
    const child = shell('kill -STOP $$; exec sleep 300', { killAfterMs: 600_000 })
    const pending = child.next()
    await until(() => state(child.pid ?? 0) === 'T')
    await child.return()
    expect((await pending).done).toBe(true)
    expect(await child.status).toMatchObject({ signalCode: 'SIGTERM' })
  })

  test('a run in a merge is stopped with the merge', async () => {
    const { env, living } = makeCookie()
    const sources = { run: shell('echo hi; exec sleep 300', { env }).lines(), tick: ticks(5) }
    for await (const [key] of mergeKeyed(sources)) if (key === 'tick') break
    expect(living()).toEqual([])
  })

  test('what a program says while it ends is in the stderr of its error', async () => {
    const script = `trap 'echo giving up >&2; exit 1' TERM; echo up; while :; do sleep 0.01; done`
    const error = await rejectionOf(readAll(shell(script, { maxOutputBytes: 1 })))
    expect(error).toMatchObject({ reason: 'limit', code: 1, stderr: expect.stringContaining('giving up\n') as string })
  })
})
