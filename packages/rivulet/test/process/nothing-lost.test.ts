import { describe, expect, test } from 'vitest'
import { run, type Run } from '../../src/process/index.ts'
import { lives, makeCookie, state, until } from '../support/processes.ts'
import { readAll, shell, startedPid } from '../support/programs.ts'
import { turn } from '../support/turn.ts'

/**
 * 200 KB in one write, for which the system has room: the program comes to its end with all of it unread. No two lines are
 * alike, so that what is lost cannot be made up for by what comes twice.
 */
const prints = 'seq 100000 128571 | dd obs=1000000 status=none'
const printed = Array.from({ length: 28_572 }, (_, index) => `${String(100_000 + index)}\n`).join('')

/** As a slow consumer would: what is measured is what it gets, not how long it takes. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Resolves when the program has ended and was reaped. */
const isGone = async (child: Run): Promise<void> => {
  const pid = await startedPid(child)
  await until(() => state(pid) === '')
}

/** Resolves when one of these has stopped itself, with its id. */
async function stoppedMember(living: () => number[]): Promise<number> {
  let member: number | undefined
  await until(() => (member = living().find((pid) => state(pid) === 'T')) !== undefined)
  return member!
}

/** Takes one item, waits, and takes the others. */
async function readLate<T>(stream: AsyncIterableIterator<T, undefined>, late: () => Promise<void>): Promise<T[]> {
  const { value } = await stream.next()
  await late()
  return [value!, ...(await readAll(stream))]
}

const text = (chunks: Uint8Array[]): string => Buffer.concat(chunks).toString()
const endless = (lines: string[]): string => lines.map((line) => `${line}\n`).join('')

describe('nothing is lost of a program that has exited with 200 KB unread', () => {
  const views: [name: string, read: (child: Run, late: () => Promise<void>) => Promise<string>][] = [
    ['chunks', async (child, late) => text((await readLate(child, late)).map(([, chunk]) => chunk))],
    ['stdout()', async (child, late) => text(await readLate(child.stdout(), late))],
    ['lines()', async (child, late) => endless((await readLate(child.lines(), late)).map(([, line]) => line))],
    [
      'lineBatches()',
      async (child, late) => endless((await readLate(child.lineBatches(), late)).flatMap(([, batch]) => batch)),
    ],
    [
      'events()',
      async (child, late) =>
        (await readLate(child.events(), late)).map((event) => (event.type === 'output' ? event.data : '')).join(''),
    ],
    ['collect()', async (child) => (await child.collect()).stdout],
  ]

  test.each(views.slice(0, -1))('when its %s are read by a consumer that comes late', async (_, read) => {
    const child = shell(prints)
    const late = (): Promise<void> => isGone(child).then(() => pause(300))
    expect(await read(child, late)).toBe(printed)
    expect(await child.status).toMatchObject({ code: 0, drained: true })
  })

  test.each(views)('when its %s cannot be read before, since the event loop was held up', async (_, read) => {
    // In the turn of another start it would have to wait.
    await turn()
    const child = shell(prints, { drainMs: 20 })
    const reading = read(child, () => Promise.resolve())
    const pid = await startedPid(child)
    while (lives(pid));
    expect(await reading).toBe(printed)
    expect(await child.status).toMatchObject({ code: 0, drained: true })
  })

  test('when each chunk is taken later than drainMs after the one before: a slow consumer is never cut', async () => {
    const child = shell(`${prints}; echo after >&2`, { drainMs: 20 })
    const seen: Record<string, Uint8Array[]> = { stdout: [], stderr: [] }
    for await (const [name, chunk] of child) {
      seen[name]?.push(chunk)
      await isGone(child)
      await pause(60)
    }
    expect(text(seen.stdout!)).toBe(printed)
    expect(text(seen.stderr!)).toBe('after\n')
    expect((await child.status).drained).toBe(true)
  })
})

describe('nothing hangs on a member that holds the pipes after the program has ended', () => {
  test('the reading ends after drainMs, and the member is ended', async () => {
    const { env, living } = makeCookie()
    const child = shell('sleep 30 & echo hi', { env, drainMs: 50 })
    expect(await readAll(child.lines())).toEqual([['stdout', 'hi']])
    expect(await child.status).toMatchObject({ code: 0, reason: 'exited', drained: false })
    expect(living()).toEqual([])
  })

  test('while the program lives no silence is too long', async () => {
    const child = shell('sleep 0.2; echo late', { drainMs: 1 })
    expect(await readAll(child.lines())).toEqual([['stdout', 'late']])
    expect(await child.status).toMatchObject({ code: 0, drained: true })
  })

  test('the reading ends also for a consumer that comes back only when the program has long ended', async () => {
    const { env, living } = makeCookie()
    const child = shell('sleep 300 & echo hi', { env, drainMs: 20 })
    const lines = child.lines()
    expect((await lines.next()).value).toEqual(['stdout', 'hi'])
    await isGone(child)
    await pause(60)
    expect(living()).not.toEqual([])
    expect((await lines.next()).done).toBe(true)
    expect(await child.status).toMatchObject({ code: 0, drained: false })
    expect(living()).toEqual([])
  })

  test('what it prints within drainMs is delivered', async () => {
    const child = shell('(sleep 1; echo late) & echo hi', { drainMs: 3000 })
    expect(await readAll(child.lines())).toEqual([
      ['stdout', 'hi'],
      ['stdout', 'late'],
    ])
    expect((await child.status).drained).toBe(true)
  })

  test('drainMs is counted from the last byte, also when the consumer is not given it yet', async () => {
    const script = '(for n in 1 2 3 4 5; do sleep 0.4; printf $n; done) & printf 0'
    const options = { drainMs: 1500 }
    const waited = shell(script, options).wait()
    const unfinished = shell(script, options)
    const lines = readAll(unfinished.lines())
    const collected = await shell(script, options).collect()
    expect(collected).toMatchObject({ stdout: '012345', drained: true })
    expect(await lines).toEqual([['stdout', '012345']])
    expect(await unfinished.status).toMatchObject({ drained: true })
    expect(await waited).toMatchObject({ drained: true })
  }, 15_000)

  test('what came while the event loop was held up for longer than drainMs is read before anything is cut', async () => {
    const { env, living } = makeCookie()
    const drainMs = 100
    const child = shell(`sh -c 'kill -STOP $$; echo late' & echo hi`, { env, drainMs })
    const lines = child.lines()
    expect((await lines.next()).value).toEqual(['stdout', 'hi'])
    await isGone(child)
    const member = await stoppedMember(living)
    const pending = lines.next()
    // From here on nothing of this process runs until the member has printed and ended, and its time is long up.
    const sinceMs = performance.now()
    process.kill(member, 'SIGCONT')
    while (lives(member) || performance.now() - sinceMs < 2 * drainMs);
    expect((await pending).value).toEqual(['stdout', 'late'])
    expect((await lines.next()).done).toBe(true)
    expect(await child.status).toMatchObject({ code: 0, drained: true })
  })

  test('drainMs is not counted while the consumer of events() has taken `start` and asks for nothing', async () => {
    const { env, living } = makeCookie()
    const child = shell(`sh -c 'kill -STOP $$; echo late' & true`, { env, drainMs: 20 })
    const events = child.events()
    expect((await events.next()).value).toMatchObject({ type: 'start' })
    await isGone(child)
    const member = await stoppedMember(living)
    await pause(100)
    process.kill(member, 'SIGCONT')
    const rest = await readAll(events)
    expect(rest).toMatchObject([
      { type: 'output', data: 'late\n' },
      { type: 'exit', code: 0 },
    ])
    expect((await child.status).drained).toBe(true)
  })

  test('an error of the program is thrown also after a cut, and its unfinished line given before', async () => {
    const { env, living } = makeCookie()
    const child = shell('sleep 30 & printf unfinished; exit 3', { env, drainMs: 50 })
    const lines = child.lines()
    expect((await lines.next()).value).toEqual(['stdout', 'unfinished'])
    await expect(lines.next()).rejects.toMatchObject({ code: 3, reason: 'exited' })
    expect((await child.status).drained).toBe(false)
    expect(living()).toEqual([])
  })

  test('a stream that the program closed early is no end of the other', async () => {
    const child = run('sh', ['-c', 'exec 2>&-; echo one; sleep 0.1; echo two'])
    expect((await readAll(child.lines())).map(([, line]) => line)).toEqual(['one', 'two'])
  })

  test('a program that closes both and lives on is waited for', async () => {
    const child = run('sh', ['-c', 'exec >&- 2>&-; sleep 0.2; exit 4'], { check: false })
    expect(await readAll(child)).toEqual([])
    expect(await child.status).toMatchObject({ code: 4, drained: true })
  })
})
