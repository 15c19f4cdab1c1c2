import { describe, expect, test } from 'vitest'
import { run, type Run } from '../../src/process/index.ts'
import { findProcesses, lives, makeCookie, state, until } from '../support/processes.ts'
import { readAll, shell } from '../support/programs.ts'

const total = 200_000

/** As a slow consumer would: what is measured is what it gets, not how long it takes. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Resolves when a program has come as far as it can by itself: it has ended, or sleeps in a write. */
async function isStuckOrOver(pid = 0): Promise<void> {
  await until(() => ['S', 'Z', 'X', ''].includes(state(pid)))
}

describe('nothing is lost of a program that has exited with 200 KB unread', () => {
  const views: [name: string, bytesOf: (child: Run, wait: () => Promise<void>) => Promise<number>][] = [
    [
      'chunks',
      async (child, wait) => {
        let bytes = (await child.next()).value?.[1].length ?? 0
        await wait()
        for await (const [, chunk] of child) bytes += chunk.length
        return bytes
      },
    ],
    [
      'stdout()',
      async (child, wait) => {
        const chunks = child.stdout()
        let bytes = (await chunks.next()).value?.length ?? 0
        await wait()
        for await (const chunk of chunks) bytes += chunk.length
        return bytes
      },
    ],
    [
      'lines()',
      async (child, wait) => {
        const lines = child.lines()
        let bytes = (await lines.next()).value![1].length + 1
        await wait()
        for await (const [, line] of lines) bytes += line.length + 1
        return bytes
      },
    ],
    [
      'lineBatches()',
      async (child, wait) => {
        const batches = child.lineBatches()
        const sizeOf = (batch: readonly string[]): number => batch.join('\n').length + 1
        let bytes = sizeOf((await batches.next()).value![1])
        await wait()
        for await (const [, batch] of batches) bytes += sizeOf(batch)
        return bytes
      },
    ],
    [
      'events()',
      async (child, wait) => {
        const events = child.events()
        await events.next()
        await wait()
        let bytes = 0
        for await (const event of events) if (event.type === 'output') bytes += event.data.length
        return bytes
      },
    ],
  ]

  test.each(views)('when its %s are read by a consumer that comes late', async (_, bytesOf) => {
    const child = shell(`yes 123456789 | head -c ${String(total)}`)
    const late = async (): Promise<void> => {
      await isStuckOrOver(child.pid)
      await pause(300)
    }
    expect(await bytesOf(child, late)).toBe(total)
    expect(await child.status).toMatchObject({ code: 0, drained: true })
  })

  test('when each chunk is taken later than drainMs after the one before: a slow consumer is never cut', async () => {
    const child = shell(`yes 123456789 | head -c ${String(total)}`, { drainMs: 10 })
    let bytes = 0
    for await (const [, chunk] of child) {
      bytes += chunk.length
      await isStuckOrOver(child.pid)
      await pause(50)
    }
    expect(bytes).toBe(total)
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

  test('what it prints within drainMs is delivered', async () => {
    const child = shell('(sleep 1; echo late) & echo hi', { drainMs: 3000 })
    expect(await readAll(child.lines())).toEqual([
      ['stdout', 'hi'],
      ['stdout', 'late'],
    ])
    expect((await child.status).drained).toBe(true)
  })

  test('drainMs is counted from the last byte, not from the end of the program', async () => {
    const child = shell('(for n in 1 2 3 4 5 6; do sleep 0.4; echo $n; done) & echo 0', { drainMs: 1500 })
    expect((await readAll(child.lines())).map(([, line]) => line)).toEqual(['0', '1', '2', '3', '4', '5', '6'])
    expect((await child.status).drained).toBe(true)
  }, 15_000)

  test('what came while the event loop was held up for longer than drainMs is read before anything is cut', async () => {
    const { env, living } = makeCookie()
    const child = shell('(sleep 0.3; echo late) & echo hi', { env, drainMs: 200 })
    const lines = child.lines()
    await lines.next()
    await until(() => !lives(child.pid ?? 0))
    const pending = lines.next()
    // Nothing of this process runs until all of the run's have ended, and its own time is up long since.
    const sinceMs = performance.now()
    while (living().length > 0 || performance.now() - sinceMs < 600);
    expect((await pending).value).toEqual(['stdout', 'late'])
    expect((await lines.next()).done).toBe(true)
    expect((await child.status).drained).toBe(true)
  })

  test('an error of the program is thrown also after a cut, and its unfinished line given before', async () => {
    const { env } = makeCookie()
    const child = shell('sleep 30 & printf unfinished; exit 3', { env, drainMs: 50 })
    const lines = child.lines()
    expect((await lines.next()).value).toEqual(['stdout', 'unfinished'])
    await expect(lines.next()).rejects.toMatchObject({ code: 3, reason: 'exited' })
    expect(findProcesses('sleep 30', child.pid)).toEqual([])
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
