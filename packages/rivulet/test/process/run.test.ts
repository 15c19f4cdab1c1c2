import { describe, expect, test } from 'vitest'
import { mergeKeyed, ticks } from '../../src/core/index.ts'
import { ExitError, run } from '../../src/process/index.ts'
import { findProcesses, state, until } from '../support/processes.ts'
import { orderOfRuns, readAll, rejectionOf, shell } from '../support/programs.ts'
import { settle } from '../support/turn.ts'

describe('run() reads', () => {
  test('both streams as one, each chunk tagged, as plain Uint8Arrays', async () => {
    const seen: string[] = []
    for await (const [name, chunk] of shell('printf out; printf err >&2')) {
      expect(Object.getPrototypeOf(chunk)).toBe(Uint8Array.prototype)
      seen.push(`${name} ${new TextDecoder().decode(chunk)}`)
    }
    expect(seen.sort()).toEqual(['stderr err', 'stdout out'])
  })

  test('lines of each stream by itself, a code point split around the other stream among them', async () => {
    const seen: Record<string, string[]> = { stdout: [], stderr: [] }
    const child = shell(`printf 'caf\\303'; echo other >&2; printf '\\251\\r\\nlast'`)
    for await (const [name, line] of child.lines()) seen[name]?.push(line)
    expect(seen).toEqual({ stdout: ['café', 'last'], stderr: ['other'] })
  })

  test('the same lines in batches, which are never empty', async () => {
    const batches = await readAll(shell('yes line | head -n 50000').lineBatches())
    expect(batches.every(([, batch]) => batch.length > 0)).toBe(true)
    expect(batches.flatMap(([, batch]) => batch)).toEqual(Array.from({ length: 50_000 }, () => 'line'))
  })

  test('every byte, also when the consumer comes back only after the program has exited', async () => {
    const child = run('head', ['-c', '200000', '/dev/zero'])
    const first = await child.next()
    let bytes = first.done === true ? 0 : first.value[1].length
    const pid = child.pid ?? 0
    // The program cannot exit before its output is read, or in the kernel's hands: both are waited for from outside.
    await until(() => ['S', 'Z', ''].includes(state(pid)))
    for await (const [, chunk] of child) bytes += chunk.length
    expect(bytes).toBe(200_000)
  })

  test('64 MiB with memory that does not grow, while the program waits for the consumer', async () => {
    let bytes = 0
    for await (const [, chunk] of run('head', ['-c', String(64 * 1024 * 1024), '/dev/zero'])) {
      expect(chunk.length).toBeLessThanOrEqual(1024 * 1024)
      bytes += chunk.length
    }
    expect(bytes).toBe(64 * 1024 * 1024)
  })

  test('events: start, output as text or base64, exit, numbered from 1', async () => {
    const events = await readAll(shell(`printf 'h\\303\\251'; printf '\\377' >&2; exit 0`).events())
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(events[0]).toMatchObject({ type: 'start', v: 1, command: ['sh', '-c', expect.any(String)] })
    expect(events).toContainEqual(expect.objectContaining({ type: 'output', stream: 'stdout', data: 'hé' }))
    expect(events).toContainEqual(expect.objectContaining({ stream: 'stderr', data: '/w==', encoding: 'base64' }))
    expect(events.at(-1)).toMatchObject({ type: 'exit', code: 0, signal: null, reason: 'exited' })
    expect(events.every(({ t }, index) => t >= (events[index - 1]?.t ?? 0))).toBe(true)
  })

  test('events: t is when it was read, also for a consumer that takes it later', async () => {
    const child = shell('echo a; echo b >&2; exec sleep 300')
    const events = child.events()
    await events.next()
    await events.next()
    // The other stream was asked at the same time, and has its item when the program has come so far.
    await until(() => findProcesses('sleep\u0000300').includes(child.pid ?? 0))
    await settle()
    const before = Date.now()
    while (Date.now() === before);
    const { value } = await events.next()
    expect(value).toMatchObject({ seq: 3, type: 'output' })
    expect(value?.t).toBeLessThanOrEqual(before)
    await events.return()
  })

  test('events: exit is yielded before the error is thrown', async () => {
    const events = shell('exit 3').events()
    expect((await events.next()).value).toMatchObject({ type: 'start' })
    expect((await events.next()).value).toMatchObject({ type: 'exit', code: 3 })
    expect(await rejectionOf(events.next())).toBeInstanceOf(ExitError)
    expect(await events.next()).toEqual({ done: true, value: undefined })
  })

  test('one view only: a second is a TypeError', async () => {
    const child = shell('echo hi')
    const lines = child.lines()
    expect(() => child.lineBatches()).toThrow(TypeError)
    expect(await rejectionOf(child.next())).toBeInstanceOf(TypeError)
    expect(await readAll(lines)).toEqual([['stdout', 'hi']])
  })

  test('as a source of a merge, beside ticks', async () => {
    const seen: unknown[] = []
    for await (const [key, item] of mergeKeyed({ run: shell('echo hi; exec sleep 100').lines(), tick: ticks(5) })) {
      seen.push(key === 'run' ? item[1] : key)
      if (seen.includes('hi') && seen.includes('tick')) break
    }
    expect(seen).toContain('hi')
  })
})

describe('run() ends', () => {
  test('nothing is started before the first next(), and pid is undefined until then', async () => {
    const child = run('no-such-program')
    expect(child.pid).toBeUndefined()
    await child.return()
    expect(await child.status).toMatchObject({ reason: 'killed', startedAt: null, code: null })
  })

  test('quietly with check: false; the status tells', async () => {
    const child = shell('exit 3', { check: false })
    expect(await readAll(child)).toEqual([])
    expect(await child.status).toMatchObject({ code: 3, reason: 'exited', drained: true, order: orderOfRuns })
  })

  test('the stderr of an ExitError is its last 65,536 bytes', async () => {
    const error = (await rejectionOf(shell('yes 0123456 | head -c 200000 >&2; exit 1').wait())) as ExitError
    expect(Buffer.byteLength(error.stderr)).toBe(65_536)
  })

  test('pipes that outlive the program are closed after drainMs, and the rest of the group is stopped', async () => {
    const child = shell('sleep 300 & echo hi', { drainMs: 20 })
    expect(await readAll(child.lines())).toEqual([['stdout', 'hi']])
    expect(await child.status).toMatchObject({ code: 0, reason: 'exited', drained: false })
  })
})

describe('run() refuses', () => {
  test.each([
    ['an empty file', () => run('')],
    ['an argument that is no string', () => run('echo', [1 as unknown as string])],
    ['a negative timeout', () => run('echo', [], { timeoutMs: -1 })],
    ['a limit that is no number of bytes', () => run('echo', [], { maxOutputBytes: 1.5 })],
    ['an order that there is not', () => run('echo', [], { order: 'first' as 'exact' })],
    ['an input that cannot be', () => run('echo', [], { input: 3 as unknown as string })],
  ])('%s at the call', (_, call) => {
    expect(call).toThrow(/must be/)
  })
})
